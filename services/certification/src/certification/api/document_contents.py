"""Upload and download of document contents, checked against the announced SHA-256."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import Header, Path, Request, Response
from starlette.responses import StreamingResponse

from certification.api.applicants import SEE_ALL, Applicant, OwnOnly
from certification.api.application_answers import document_answer
from certification.api.application_shapes import DocumentAnswer
from certification.api.documents import LARGEST_DOCUMENT
from certification.domain.content_digest import sha256_of
from certification.parts import CurrentParts
from certification.use_cases.store_content import (
    ContentPromise,
    promised_hash,
    read_content,
    store_content,
)
from shared.http.routes import CurrentTransaction, StreamedRoute, allow, guarded_router
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["documents"])
router.route_class = StreamedRoute

STREAMED = re.compile(r"/v1/applications/[^/]+/documents/[^/]+/content")
UNKNOWN_TYPE = "application/octet-stream"
Item = Annotated[
    str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$", description="Code of the checklist item.")
]
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}")


@router.put(
    "/{application_id}/documents/{item}/content",
    operation_id="store_content",
    dependencies=[allow(Role.APPLICANT)],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def put_content(
    application_id: UUID,
    item: Item,
    request: Request,
    tx: CurrentTransaction,
    parts: CurrentParts,
    applicant: Applicant,
    content_digest: Annotated[
        str | None,
        Header(
            description="SHA-256 of the content, as `sha-256=:<base64>:`. Required if it was not "
            "sent with the document."
        ),
    ] = None,
) -> DocumentAnswer:
    """Upload the content of a document.

    Content that does not have the announced SHA-256 is refused and not kept.
    """
    promise = ContentPromise(
        application_id,
        applicant,
        item,
        sha256_of(content_digest) if content_digest else None,
        _media_type(request),
    )
    # A transaction of its own: none stays open while fifty megabytes are uploaded.
    async with parts.database.transaction(tx.cause) as looking:
        sha256 = await promised_hash(looking, promise)
    size = await parts.document_store.put(request.stream(), sha256, LARGEST_DOCUMENT)
    return document_answer(await store_content(tx, promise, sha256, size))


@router.get(
    "/{application_id}/documents/{item}/content",
    operation_id="read_content",
    dependencies=[allow(Role.APPLICANT, *SEE_ALL)],
    response_class=Response,
)
async def get_content(
    application_id: UUID,
    item: Item,
    tx: CurrentTransaction,
    parts: CurrentParts,
    own_only: OwnOnly,
) -> StreamingResponse:
    """Download the content of a document.

    If the stored content was altered, the download breaks off before its end.
    """
    content = await read_content(tx, application_id, item, applicant_id=own_only)
    found = await parts.document_store.open(content.sha256)
    return StreamingResponse(
        found.chunks,
        media_type=content.media_type,
        headers={
            "Content-Length": str(found.size_bytes),
            "Content-Disposition": f'attachment; filename="{item}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def _media_type(request: Request) -> str:
    said = request.headers.get("content-type", "").split(";")[0].strip().lower()
    return said if MEDIA_TYPE.fullmatch(said) else UNKNOWN_TYPE

"""Documents: the items of its checklist that an applicant sends, and how the Board finds each."""

from typing import Annotated, Self
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from certification.api.applicants import Applicant
from certification.api.application_shapes import DocumentAnswer, document_answer
from certification.domain.application_moves import ApplicationState, WaitingOn
from certification.domain.documents import Content, Review
from certification.parts import CurrentParts
from certification.use_cases.receive_document import (
    DocumentReceived,
    ReceiveDocument,
    receive_document,
)
from certification.use_cases.review_item import ReviewItem, review_item
from shared.http.etags import SeenVersion, set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import Code, Lines, RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["documents"])

LARGEST_DOCUMENT = 50 * 1024 * 1024
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256, lower-case hex.")]
Size = Annotated[int, Field(ge=1, le=LARGEST_DOCUMENT, strict=True)]
MediaType = Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}$")]


class DocumentBody(RequestBody):
    """One item of the checklist, and what its bytes will be if they are sent too."""

    item: Code
    sha256: Hash | None = None
    size_bytes: Size | None = None
    media_type: MediaType | None = None

    @model_validator(mode="after")
    def say_all_or_nothing(self) -> Self:
        """Refuse a hash without its size and type, and the other way round."""
        told = [each is not None for each in (self.sha256, self.size_bytes, self.media_type)]
        if any(told) != all(told):
            raise PydanticCustomError(
                "content", "sha256, size_bytes and media_type belong together"
            )
        return self

    @property
    def content(self) -> Content | None:
        """What the bytes will be."""
        if self.sha256 is None or self.size_bytes is None or self.media_type is None:
            return None
        return Content(self.sha256, self.size_bytes, self.media_type)


class DocumentReceivedAnswer(BaseModel):
    """What the application still lacks, and whose turn it is."""

    application_id: UUID
    item: str | None
    state: ApplicationState
    waiting_on: WaitingOn | None
    missing: list[str]


class ItemReviewBody(RequestBody):
    """How an item was found; a return needs its reason."""

    item: Code
    outcome: Review = Field(description="`accepted` or `returned`.")
    reason: Lines | None = None


class ItemReviewedAnswer(DocumentReceivedAnswer):
    """The document as it stands now."""

    document: DocumentAnswer


def received_answer(done: DocumentReceived, *, item: str | None) -> DocumentReceivedAnswer:
    """Shape what came of a document, or of a draft handed in."""
    return DocumentReceivedAnswer(
        application_id=done.application.id,
        item=item,
        state=done.application.state,
        waiting_on=done.application.waiting_on,
        missing=list(done.missing),
    )


@router.post(
    "/{application_id}/documents",
    operation_id="receive_document",
    status_code=201,
    dependencies=[allow(Role.APPLICANT)],
)
async def post_document(
    application_id: UUID,
    body: DocumentBody,
    tx: CurrentTransaction,
    applicant: Applicant,
    law: CurrentLaw,
    parts: CurrentParts,
    seen: SeenVersion,
    response: Response,
) -> DocumentReceivedAnswer:
    """Send a missing item; it cures that item of an open deficiency."""
    command = ReceiveDocument(application_id, applicant, body.item, seen, body.content)
    done = await receive_document(tx, law, parts.standards, command)
    response.headers["Location"] = f"/v1/applications/{application_id}"
    set_etag(response, done.application.version)
    return received_answer(done, item=body.item)


@router.post(
    "/{application_id}/item-reviews",
    operation_id="review_item",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_item_review(
    application_id: UUID,
    body: ItemReviewBody,
    tx: CurrentTransaction,
    parts: CurrentParts,
    seen: SeenVersion,
    response: Response,
) -> ItemReviewedAnswer:
    """Accept one item or return it with the reason; a returned one is missing again."""
    command = ReviewItem(application_id, body.item, body.outcome, body.reason, seen)
    done = await review_item(tx, parts.standards, command)
    response.headers["Location"] = f"/v1/applications/{application_id}"
    set_etag(response, done.application.version)
    return ItemReviewedAnswer(
        application_id=application_id,
        item=body.item,
        state=done.application.state,
        waiting_on=done.application.waiting_on,
        missing=list(done.missing),
        document=document_answer(done.document),
    )

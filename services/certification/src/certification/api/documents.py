"""Documents: applicants send the items of their checklist, and the Board reviews each one."""

from typing import Annotated, Self
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from certification.api.applicants import Applicant
from certification.api.application_answers import document_answer
from certification.api.application_shapes import DocumentAnswer
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
Hash = Annotated[
    str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the content in lower-case hex.")
]
Size = Annotated[int, Field(ge=1, le=LARGEST_DOCUMENT, strict=True)]
MediaType = Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}$")]


class DocumentBody(RequestBody):
    """A document for one checklist item.

    To announce its content, send `sha256`, `size_bytes` and `media_type` together. Otherwise omit
    all three; content can then be uploaded with the header `Content-Digest`.
    """

    item: Code = Field(description="Code of the checklist item.")
    sha256: Hash | None = Field(
        default=None,
        description="SHA-256 of the content in lower-case hex. Omit if no content is announced.",
    )
    size_bytes: Size | None = Field(
        default=None,
        description="Size of the content in bytes. Omit if no content is announced.",
    )
    media_type: MediaType | None = Field(
        default=None,
        description="Media type of the content, for example `application/pdf`. Omit if no content "
        "is announced.",
    )

    @model_validator(mode="after")
    def say_all_or_nothing(self) -> Self:
        """Require `sha256`, `size_bytes` and `media_type` together, or none of them."""
        told = [each is not None for each in (self.sha256, self.size_bytes, self.media_type)]
        if any(told) != all(told):
            raise PydanticCustomError(
                "content",
                "sha256, size_bytes and media_type must be sent together or all be omitted",
            )
        return self

    @property
    def content(self) -> Content | None:
        """The announced content; None if no content was announced."""
        if self.sha256 is None or self.size_bytes is None or self.media_type is None:
            return None
        return Content(self.sha256, self.size_bytes, self.media_type)


class DocumentReceivedAnswer(BaseModel):
    """What the application still lacks, and who must act next."""

    application_id: UUID
    item: str | None = Field(
        description="Code of the checklist item that was received. Null if a draft was submitted."
    )
    state: ApplicationState
    waiting_on: WaitingOn | None = Field(
        description="Who must act next: the applicant or the Board. Null if the application is "
        "closed."
    )
    missing: list[str] = Field(
        description="Codes of the checklist items that are still missing. Empty if nothing is "
        "missing."
    )


class ItemReviewBody(RequestBody):
    """The result of reviewing one checklist item."""

    item: Code = Field(description="Code of the checklist item.")
    outcome: Review = Field(description="`accepted` or `returned`. `received` is refused.")
    reason: Lines | None = Field(
        default=None, description="Why the item is returned. Required if the outcome is `returned`."
    )


class ItemReviewedAnswer(DocumentReceivedAnswer):
    """The reviewed document, and what the application still lacks."""

    document: DocumentAnswer = Field(description="The document after its review.")


def received_answer(done: DocumentReceived, *, item: str | None) -> DocumentReceivedAnswer:
    """Build the response for a received document or a submitted draft."""
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
    """Send a missing checklist item.

    It cures that item of an open deficiency notice.
    """
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
    """Accept one checklist item, or return it with a reason.

    A returned item is missing again.
    """
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

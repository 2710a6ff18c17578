"""Documents: what was received for a checklist item, and the result of its review.

Each item is accepted or returned separately. The content is known only by its hash. Some items have
no content (Live Scan: only the status, never the record).
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.clock import california_date
from shared.errors import ConflictError, Fault, InvalidInputError

SHA256 = re.compile(r"[0-9a-f]{64}")


class Review(StrEnum):
    """Result of reviewing a document: not reviewed yet, accepted, or returned to be sent again."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True)
class Content:
    """The announced content: its SHA-256 in lower-case hex, its size and its media type."""

    sha256: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True)
class Document:
    """One document for one item; `content_at` is when content with its hash was stored."""

    id: UUID
    application_id: UUID
    item: str
    received_at: datetime
    content: Content | None = None
    content_at: datetime | None = None
    review: Review = Review.RECEIVED
    review_reason: str | None = None
    reviewed_at: datetime | None = None
    reviewed_by: str | None = None
    superseded_at: datetime | None = None

    @property
    def received_on(self) -> date:
        """The day in California on which it was received."""
        return california_date(self.received_at)

    @property
    def counts(self) -> bool:
        """Whether it fulfills its item: neither returned nor superseded."""
        return self.review is not Review.RETURNED and self.superseded_at is None


def reviewed(
    document: Document, review: Review, reason: str | None, *, at: datetime, by: str
) -> Document:
    """Accept or return a document; InvalidInputError for a return without a reason."""
    if review is Review.RECEIVED:
        raise InvalidInputError(
            "the outcome must be `accepted` or `returned`", code="review-at-odds"
        )
    if review is Review.RETURNED and reason is None:
        fault = Fault("reason", "is required for a returned item")
        raise InvalidInputError("a returned item needs a reason", code="reason", faults=[fault])
    return replace(document, review=review, review_reason=reason, reviewed_at=at, reviewed_by=by)


def refuse_unseen(document: Document) -> None:
    """Raise ConflictError for content of an item accepted without it; nobody would review it."""
    if document.content is None and document.review is Review.ACCEPTED:
        raise ConflictError(
            f"{document.item} was accepted without content, so content can no longer be uploaded "
            "for it",
            code="accepted-without-content",
        )


def stored(document: Document, content: Content, at: datetime) -> Document:
    """Record that content was stored; ConflictError if it is not the announced content."""
    if document.content is not None and document.content.sha256 != content.sha256:
        raise ConflictError(
            f"the announced SHA-256 of {document.item} is {document.content.sha256}; the uploaded "
            f"content has {content.sha256}",
            code="other-hash",
        )
    return replace(document, content=content, content_at=at)

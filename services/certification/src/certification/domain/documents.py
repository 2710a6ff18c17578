"""Documents: what came in for an item of the checklist, and how the Board found it.

Each item is accepted or returned on its own. What a document holds is known by its hash alone;
for some items there is nothing to hold (Live Scan: the status only, never the record).
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
    """How the Board found a document."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True)
class Content:
    """What the bytes are said to be: their SHA-256 in lower-case hex, their number, their type."""

    sha256: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True)
class Document:
    """One document for one item; `content_at` is when bytes of that very hash were stored."""

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
        """The day in California on which it came in."""
        return california_date(self.received_at)

    @property
    def counts(self) -> bool:
        """Whether it stands for its item: not returned, not superseded."""
        return self.review is not Review.RETURNED and self.superseded_at is None


def reviewed(
    document: Document, review: Review, reason: str | None, *, at: datetime, by: str
) -> Document:
    """Accept or return it; InvalidInputError for a return without a reason."""
    if review is Review.RECEIVED:
        raise InvalidInputError("accept it or return it", code="review-at-odds")
    if review is Review.RETURNED and reason is None:
        fault = Fault("reason", "a returned item needs one")
        raise InvalidInputError("an item is returned for a reason", code="reason", faults=[fault])
    return replace(document, review=review, review_reason=reason, reviewed_at=at, reviewed_by=by)


def refuse_unseen(document: Document) -> None:
    """Raise ConflictError for bytes of what was accepted without any: nobody would look at them."""
    if document.content is None and document.review is Review.ACCEPTED:
        raise ConflictError(
            f"{document.item} was accepted without bytes: none are taken for it any more",
            code="accepted-without-content",
        )


def stored(document: Document, content: Content, at: datetime) -> Document:
    """Keep that its bytes are there; ConflictError for bytes other than the ones promised."""
    if document.content is not None and document.content.sha256 != content.sha256:
        raise ConflictError(
            f"the document of {document.item} has the hash {document.content.sha256}; "
            f"these bytes have {content.sha256}",
            code="other-hash",
        )
    return replace(document, content=content, content_at=at)

"""A reviewer accepts or returns one checklist item; a return needs a reason."""

from dataclasses import dataclass
from uuid import UUID

from certification.domain.application_moves import Move
from certification.domain.applications import Application, moved
from certification.domain.completeness import missing
from certification.domain.documents import Document, Review, reviewed
from certification.domain.standards import Standards
from certification.storage import applications, documents
from certification.use_cases.act_on_file import file_to_act_on
from shared.database.transaction import Transaction
from shared.versions import Seen


@dataclass(frozen=True)
class ReviewItem:
    """The item, its application, and the result of the review."""

    application_id: UUID
    item: str
    review: Review
    reason: str | None
    seen_version: Seen | None


@dataclass(frozen=True)
class ItemReviewed:
    """The application and the document now, and what the application lacks."""

    application: Application
    document: Document
    missing: tuple[str, ...]


async def review_item(tx: Transaction, standards: Standards, command: ReviewItem) -> ItemReviewed:
    """Accept an item, or return it: the application is then incomplete until it comes again."""
    before = await file_to_act_on(tx, command.application_id, command.seen_version)
    found = await documents.of_item(tx, before.id, command.item)
    document = reviewed(found, command.review, command.reason, at=tx.now, by=tx.actor.subject)
    is_return = command.review is Review.RETURNED
    move = Move.RETURN_ITEM if is_return else Move.ACCEPT_ITEM
    application = moved(before, move)

    await applications.update(tx, before, application, move)
    await documents.update(tx, document)
    tx.audit(f"document.{command.review}", subject_kind="application", subject_id=application.id)
    present = await documents.present(tx, application.id)
    checklist = standards.checklists[application.checklist]
    return ItemReviewed(application, document, missing(checklist, present))

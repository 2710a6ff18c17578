"""A reviewer begins a review: the application is then in review and no longer in the queue."""

from uuid import UUID

from certification.domain.application_moves import Move
from certification.domain.applications import Application
from certification.domain.reviewing import begun
from certification.storage import applications, assignments
from certification.use_cases.act_on_file import file_to_act_on
from certification.use_cases.assign_reviewer import hand_over
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.versions import Seen


async def begin_review(
    tx: Transaction, application_id: UUID, *, reviewer_id: UUID, seen_version: Seen | None
) -> Application:
    """Begin the review; an application without a reviewer is assigned to the caller."""
    before = await file_to_act_on(tx, application_id, seen_version)
    application = begun(before, reviewer_id)

    await applications.update(tx, before, application, Move.BEGIN_REVIEW)
    if before.reviewer_id is None:
        await assignments.supersede(tx, new_id(), application.id, reviewer_id)
        await hand_over(tx, application, "review begun")
    tx.audit("application.review-begun", subject_kind="application", subject_id=application.id)
    return application

"""A manager assigns an application to a reviewer, who then owes the decision."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from certification.domain.application_moves import Move
from certification.domain.applications import Application
from certification.domain.duty_rules import DECIDE_APPLICATION, SCREEN_APPLICATION
from certification.domain.reviewing import assigned, pick_from
from certification.storage import applications, assignments, queue
from certification.use_cases.bar_interested import refuse_barred
from certification.use_cases.owe_screening import is_screening_owed
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.duty import ledger
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class AssignReviewer:
    """The application, and the candidates; the one with the fewest open files is assigned."""

    application_id: UUID
    among: tuple[UUID, ...]
    seen_version: Seen | None


@dataclass(frozen=True)
class Assignment:
    """Who was assigned to review what, and when."""

    id: UUID
    application: Application
    reviewer_id: UUID
    assigned_at: datetime


async def assign_reviewer(tx: Transaction, command: AssignReviewer) -> Assignment:
    """Assign or reassign an application; a review begun by another returns to the queue.

    A manager with a conflict of interest cannot assign it, and reviewers with one are passed over.
    """
    before = await applications.locked(tx, command.application_id)
    check_version(command.seen_version, before.version)
    allowed = pick_from(command.among, await refuse_barred(tx, before))
    reviewer_id = await queue.least_loaded(tx, allowed)
    application = assigned(before, reviewer_id)
    assignment = Assignment(new_id(), application, reviewer_id, tx.now)

    await applications.update(tx, before, application, Move.ASSIGN)
    await assignments.supersede(tx, assignment.id, application.id, reviewer_id)
    await hand_over(tx, application, "assigned")
    tx.audit("application.assigned", subject_kind="application", subject_id=application.id)
    return assignment


async def hand_over(tx: Transaction, application: Application, reason: str) -> None:
    """Hand the duties on the application, screening and decision, to its new reviewer."""
    owed = [DECIDE_APPLICATION] if application.has_clock else []
    if await is_screening_owed(tx, application):
        owed.append(SCREEN_APPLICATION)
    for rule in owed:
        await ledger.hand_over_duty(
            *(tx, rule, application.id),
            agency=None,
            person=application.reviewer_id,
            reason=reason,
        )

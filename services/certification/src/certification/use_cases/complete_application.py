"""A reviewer finds everything there: now the Board's 45 days count (Board standards page).

A file found deficient since it was first complete joins the queue again with the clock it had.
"""

from dataclasses import dataclass
from uuid import UUID

from certification import published
from certification.domain.application_moves import Move
from certification.domain.applications import completed
from certification.domain.completeness import refuse_incomplete
from certification.domain.standards import Standards
from certification.storage import applications, documents
from certification.use_cases.act_on_file import file_to_act_on
from shared.database.transaction import Transaction
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Duty, Owner, Subject
from shared.law.in_force import Law


@dataclass(frozen=True)
class CompleteApplication:
    """Which application."""

    application_id: UUID
    seen_version: int | None


async def complete_application(
    tx: Transaction, law: Law, standards: Standards, command: CompleteApplication
) -> Duty:
    """Put it into the queue and open the duty to decide it, or return the one that stands.

    Whatever item nobody looked at by itself is accepted with it.
    """
    before = await file_to_act_on(tx, command.application_id, command.seen_version)
    application = completed(before, tx.now)
    present = await documents.present(tx, before.id)
    refuse_incomplete(standards.checklists[before.checklist], present)

    await applications.keep_change(tx, before, application, Move.COMPLETE)
    await documents.accept_rest(tx, application.id, present)
    tx.publish(published.application_completed(application))
    duty = await ledger.open_duty(
        tx,
        law,
        rule="decide-application",
        facts=[
            Fact("complete", application.completed_at or tx.now, f"application {application.id}")
        ],
        subject=Subject("application", application.id),
        owner=Owner(person=application.reviewer_id),
    )
    tx.audit("application.completed", subject_kind="application", subject_id=application.id)
    return duty

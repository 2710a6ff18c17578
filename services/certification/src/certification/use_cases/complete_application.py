"""A reviewer finds an application complete; the Board's 45 days count from when it was so.

The Board's later pages count "from the date that your completed application is received". The clock
therefore starts at the arrival of the last required item; the finding is only its evidence. An
application found deficient later returns to the queue with the clock it had.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification import published
from certification.domain.application_moves import Move
from certification.domain.applications import Application, found_complete, moved
from certification.domain.completeness import complete_since, refuse_incomplete
from certification.domain.duty_rules import DECIDE_APPLICATION
from certification.domain.standards import Standards
from certification.storage import applications, documents
from certification.use_cases.act_on_file import file_to_act_on
from certification.use_cases.owe_screening import meet_screening
from shared.database.transaction import Transaction
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Duty, Owner, Subject
from shared.law.in_force import Law
from shared.versions import Seen


@dataclass(frozen=True)
class CompleteApplication:
    """The application to find complete."""

    application_id: UUID
    seen_version: Seen | None


@dataclass(frozen=True)
class CompletionFound:
    """Since when the application was complete, when that was found, and the decision duty."""

    completed_on: date
    found_complete_on: date
    duty: Duty
    application_version: int


async def complete_application(
    tx: Transaction, law: Law, standards: Standards, command: CompleteApplication
) -> CompletionFound:
    """Put an application into the queue; open its decision duty or resume the open one.

    Items that nobody reviewed separately are accepted.
    """
    before = await file_to_act_on(tx, command.application_id, command.seen_version)
    moved_on = moved(before, Move.COMPLETE)
    checklist = standards.checklists[before.checklist]
    arrivals = await documents.arrivals(tx, before.id)
    refuse_incomplete(checklist, arrivals)
    since = complete_since(checklist, arrivals, await applications.submitted_at(tx, before.id))
    application = found_complete(moved_on, since, tx.now)

    await applications.update(tx, before, application, Move.COMPLETE)
    await documents.accept_rest(tx, application.id, arrivals)
    tx.publish(published.application_completed(application))
    duty = await ledger.open_duty(
        tx,
        law,
        rule=DECIDE_APPLICATION,
        facts=[Fact("complete", application.completed_at or since, _evidence(application))],
        subject=Subject("application", application.id),
        owner=Owner(person=application.reviewer_id),
    )
    await meet_screening(tx, application, evidence=f"application {application.id}")
    tx.audit("application.completed", subject_kind="application", subject_id=application.id)
    return CompletionFound(
        application.completed_on or tx.today,
        application.found_complete_on or tx.today,
        duty,
        application.version,
    )


def _evidence(application: Application) -> str:
    """Return the evidence for the duty: the finding, and the days until it."""
    evidence = f"application {application.id}, found complete on {application.found_complete_on}"
    if not application.days_until_found:
        return evidence
    days = "1 day" if application.days_until_found == 1 else f"{application.days_until_found} days"
    return f"{evidence}, {days} later"

"""A reviewer tells the applicant what is missing; the application then waits on the applicant.

A complete application may be found deficient later. The items named are returned, and the 45-day
clock is paused until they arrive again. That it is paused is this system's policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from certification import published
from certification.domain.application_moves import ApplicationState, Move
from certification.domain.applications import moved
from certification.domain.deficiencies import Deficiency, lacking, sent_back
from certification.domain.duty_rules import ANSWER_DEFICIENCY, DECIDE_APPLICATION
from certification.domain.reviewing import refuse_anothers
from certification.domain.standards import Standards
from certification.storage import applications, deficiencies, documents
from certification.use_cases.act_on_file import file_to_act_on
from certification.use_cases.file_renewal import reopen_renewal
from certification.use_cases.owe_screening import meet_screening
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Owner, Subject
from shared.law.in_force import Law
from shared.versions import Seen


@dataclass(frozen=True)
class SendDeficiencyNotice:
    """The missing or deficient items with reasons; an empty mapping means all missing ones."""

    application_id: UUID
    items: Mapping[str, str]
    seen_version: Seen | None


@dataclass(frozen=True)
class NoticeSent:
    """The notice, and the new version of the application."""

    notice: Deficiency
    application_version: int


async def send_deficiency_notice(
    tx: Transaction, law: Law, standards: Standards, command: SendDeficiencyNotice
) -> NoticeSent:
    """Send the notice, and open the applicant's duty to answer it."""
    before = await file_to_act_on(tx, command.application_id, command.seen_version)
    refuse_anothers(before, tx.actor.person_id)
    application = moved(before, Move.SEND_DEFICIENCY_NOTICE)
    is_complete = before.state in {ApplicationState.COMPLETE, ApplicationState.IN_REVIEW}
    present = await documents.present(tx, application.id)
    checklist = standards.checklists[application.checklist]
    if is_complete:
        items = sent_back(checklist, present, command.items)
    else:
        returned = await documents.returned(tx, application.id)
        items = lacking(checklist, present, command.items, returned)
    notice_id = new_id()
    duty = await ledger.open_duty(
        tx,
        law,
        rule=ANSWER_DEFICIENCY,
        facts=[Fact("notice", tx.now, f"deficiency {notice_id}")],
        subject=Subject("deficiency", notice_id),
        owner=Owner(person=application.applicant_id),
    )
    notice = Deficiency(notice_id, application.id, tx.today, duty.due_on, items)

    await applications.update(tx, before, application, Move.SEND_DEFICIENCY_NOTICE)
    await deficiencies.insert(tx, notice)
    tx.publish(published.application_deficient(application, notice))
    if is_complete:
        await documents.send_back(tx, application.id, {each.item: each.reason for each in items})
    if application.has_clock:
        reason = "waiting on applicant"
        await ledger.pause_duty(
            tx, law, DECIDE_APPLICATION, application.id, at=tx.now, reason=reason
        )
    await reopen_renewal(tx, application, "renewal deficient")
    await meet_screening(tx, application, evidence=f"deficiency {notice.id}")
    tx.audit("deficiency.sent", subject_kind="application", subject_id=application.id)
    return NoticeSent(notice, application.version)

"""Which use case answers which event.

Certifications and standings serve teams, shared scores the inbox; everything that concerns a
case is entered on its timeline, and every duty is kept for the overview: those of the own ledger,
and the own work items, come the same way, so that none is missed whoever changes it.
"""

from shared.credentials.program_links import LINK_EVENTS, ToldLink
from shared.credentials.told_changes import (
    BEGINNINGS,
    CHANGES,
    CertificationBegun,
    CertificationChanged,
    change_of,
)
from shared.database.transaction import Transaction
from shared.events.certification import ExaminerStandingEnded, ExaminerStandingRecorded
from shared.events.doj_gateway import (
    ExpectationMet,
    ExpectationOpened,
    NoticeAcknowledged,
    SubmissionAcknowledged,
    SubmissionDiffers,
    SubmissionHeld,
    SubmissionQueued,
    SubmissionRejected,
    SubmissionSent,
    SubmissionUnknown,
)
from shared.events.duties import (
    DutyCanceled,
    DutyDueSoon,
    DutyHandedOver,
    DutyMet,
    DutyMoved,
    DutyOpened,
    DutyOverdue,
    DutyPaused,
    DutyReopened,
    DutyResumed,
)
from shared.events.event import Event
from shared.events.scoring import AssessmentFinalized, ShareMade
from shared.events.work_items import WorkItemOpened, WorkItemResolved
from shared.messaging.consuming.handlers import EventHandlers, Lost, Received
from supervision.domain.owed_duties import Ledger
from supervision.storage.known_duties import DutyChange
from supervision.storage.tables import CERTIFICATIONS, EXAMINER_STANDINGS
from supervision.use_cases.enter_on_timeline import enter_on_timeline
from supervision.use_cases.forget_lost_event import (
    forget_assessment,
    forget_certification,
    forget_credential_change,
    forget_duty,
    forget_entry,
    forget_examiner_standing,
    forget_program_link,
    forget_share,
)
from supervision.use_cases.learn_certification import (
    learn_certification,
    learn_certification_change,
)
from supervision.use_cases.learn_duty import learn_duty
from supervision.use_cases.learn_examiner_standing import (
    learn_examiner_standing,
    learn_standing_end,
)
from supervision.use_cases.learn_program_link import learn_program_link
from supervision.use_cases.put_share_in_inbox import put_share_in_inbox
from supervision.use_cases.take_note_of_assessment import take_note_of_assessment

GATEWAY_EVENTS: tuple[type[Event], ...] = (
    SubmissionHeld,
    SubmissionQueued,
    SubmissionSent,
    SubmissionAcknowledged,
    SubmissionRejected,
    SubmissionUnknown,
    SubmissionDiffers,
    ExpectationOpened,
    ExpectationMet,
    NoticeAcknowledged,
)
DUTY_CHANGES: tuple[type[DutyChange], ...] = (
    DutyOpened,
    DutyMet,
    DutyReopened,
    DutyPaused,
    DutyResumed,
    DutyCanceled,
    DutyHandedOver,
    DutyMoved,
)
DUTY_NOTICES: tuple[type[Event], ...] = (DutyDueSoon, DutyOverdue)
WORK_ITEM_EVENTS: tuple[type[Event], ...] = (WorkItemOpened, WorkItemResolved)


def handlers() -> EventHandlers:
    """The handlers of this service."""
    found = EventHandlers()
    for beginning in BEGINNINGS:
        found.on(beginning, forget=_forget_certification)(_certification_begun)
    for certification_change in CHANGES:
        found.on(certification_change, locks=CERTIFICATIONS, forget=_forget_change)(
            _certification_changed
        )
    for told_link in LINK_EVENTS:
        found.on(told_link, forget=_forget_link, is_told_again=True)(_program_provider_told)
    found.on(ExaminerStandingRecorded, forget=_forget_standing)(_examiner_standing_recorded)
    found.on(ExaminerStandingEnded, locks=EXAMINER_STANDINGS, forget=_forget_change)(
        _examiner_standing_ended
    )
    found.on(AssessmentFinalized, forget=_forget_assessment)(_assessment_finalized)
    found.on(ShareMade, forget=_forget_share)(_share_made)
    for kind in GATEWAY_EVENTS:
        found.on(kind, forget=_forget_entry)(_concerning_a_case)
    for ledger in Ledger:
        for change in DUTY_CHANGES:
            found.on(change, service=ledger, forget=_forget_duty, is_told_again=True)(_duty_changed)
        for told in (*DUTY_NOTICES, *WORK_ITEM_EVENTS):
            found.on(told, service=ledger, forget=_forget_entry)(_concerning_a_case)
    return found


async def _certification_begun(tx: Transaction, event: Received[CertificationBegun]) -> None:
    await learn_certification(tx, event.data)


async def _certification_changed(tx: Transaction, event: Received[CertificationChanged]) -> None:
    await learn_certification_change(tx, change_of(event.event_id, event.data))


async def _program_provider_told(tx: Transaction, event: Received[ToldLink]) -> None:
    await learn_program_link(tx, event.data)


async def _examiner_standing_recorded(
    tx: Transaction, event: Received[ExaminerStandingRecorded]
) -> None:
    await learn_examiner_standing(tx, event.data)


async def _examiner_standing_ended(tx: Transaction, event: Received[ExaminerStandingEnded]) -> None:
    await learn_standing_end(tx, change_of(event.event_id, event.data))


async def _assessment_finalized(tx: Transaction, event: Received[AssessmentFinalized]) -> None:
    await take_note_of_assessment(tx, event.data)
    await enter_on_timeline(tx, event.data.case_id, event)


async def _share_made(tx: Transaction, event: Received[ShareMade]) -> None:
    await put_share_in_inbox(tx, event.data)
    await enter_on_timeline(tx, event.data.case_id, event)


async def _duty_changed(tx: Transaction, event: Received[DutyChange]) -> None:
    await _concerning_a_case(tx, event)
    learn_duty(tx, event)


async def _concerning_a_case(tx: Transaction, event: Received[Event]) -> None:
    """A duty of no case, such as one toward an applicant, is on no timeline."""
    case_id = getattr(event.data, "case_id", None)
    if case_id is not None:
        await enter_on_timeline(tx, case_id, event)


async def _forget_certification(tx: Transaction, lost: Lost[CertificationBegun]) -> str | None:
    return await forget_certification(tx, lost.subject_id)


async def _forget_standing(tx: Transaction, lost: Lost[ExaminerStandingRecorded]) -> str | None:
    return await forget_examiner_standing(tx, lost.subject_id)


async def _forget_change(tx: Transaction, lost: Lost[Event]) -> str | None:
    return await forget_credential_change(tx, lost.event_id, lost.subject_id)


async def _forget_link(tx: Transaction, lost: Lost[ToldLink]) -> None:
    await forget_program_link(tx, lost.subject_id)


async def _forget_assessment(tx: Transaction, lost: Lost[AssessmentFinalized]) -> None:
    await forget_entry(tx, lost.event_id)
    await forget_assessment(tx, lost.data)


async def _forget_share(tx: Transaction, lost: Lost[ShareMade]) -> str | None:
    await forget_entry(tx, lost.event_id)
    return await forget_share(tx, lost.data.share_id)


async def _forget_duty(tx: Transaction, lost: Lost[DutyChange]) -> None:
    await forget_entry(tx, lost.event_id)
    await forget_duty(tx, lost.data.duty_id)


async def _forget_entry(tx: Transaction, lost: Lost[Event]) -> None:
    await forget_entry(tx, lost.event_id)

"""Event handlers: a use case if something must be decided, else a direct write to storage.

Certifications and standings are needed to form teams, shared scores for the inbox. Every event
about a case is added to its timeline, and every duty to the overview. This service also consumes
its own duty and work item events, so that no change is missed, whichever code made it.
"""

from uuid import UUID

from shared.credentials import program_links
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
from shared.law.validity import Validity
from shared.messaging.consuming.handlers import EventHandlers, Lost, Received
from supervision.domain.owed_duties import Ledger, ledger_of
from supervision.domain.placements import KnownStatic99R
from supervision.domain.receipts import SharedScore
from supervision.domain.teams import Member, MemberRole
from supervision.domain.timeline import TimelineEntry, summarize
from supervision.storage import known_duties, shares, timeline
from supervision.storage.known_duties import DutyChange
from supervision.storage.tables import CERTIFICATIONS, EXAMINER_STANDINGS
from supervision.use_cases.enter_on_timeline import enter_on_timeline
from supervision.use_cases.forget_lost_event import (
    forget_certification,
    forget_credential_change,
    forget_examiner_standing,
    forget_share,
    forget_static_99r,
)
from supervision.use_cases.learn_certification import (
    learn_certification,
    learn_certification_change,
)
from supervision.use_cases.learn_examiner_standing import (
    learn_examiner_standing,
    learn_standing_end,
)
from supervision.use_cases.learn_static_99r import learn_static_99r

STATIC_99R = "static-99r"
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
    """Return the event handlers of this service."""
    registry = EventHandlers()
    for beginning in BEGINNINGS:
        registry.on(beginning, _certification_begun, forget=_forget_certification)
    for certification_change in CHANGES:
        registry.on(
            certification_change,
            _certification_changed,
            locks=CERTIFICATIONS,
            forget=_forget_change,
        )
    for told_link in LINK_EVENTS:
        registry.on(told_link, _program_provider_told, forget=_forget_link, is_told_again=True)
    registry.on(ExaminerStandingRecorded, _examiner_standing_recorded, forget=_forget_standing)
    registry.on(
        ExaminerStandingEnded,
        _examiner_standing_ended,
        locks=EXAMINER_STANDINGS,
        forget=_forget_change,
    )
    registry.on(AssessmentFinalized, _assessment_finalized, forget=_forget_assessment)
    registry.on(ShareMade, _share_made, forget=_forget_share)
    for kind in GATEWAY_EVENTS:
        registry.on(kind, _concerning_a_case, forget=_forget_entry)
    for ledger in Ledger:
        _follow(registry, ledger)
    return registry


def _follow(registry: EventHandlers, ledger: Ledger) -> None:
    """Register the handlers of one ledger's duty and work item events."""
    for change in DUTY_CHANGES:
        registry.on(change, _duty_changed, service=ledger, forget=_forget_duty, is_told_again=True)
    for told in (*DUTY_NOTICES, *WORK_ITEM_EVENTS):
        registry.on(told, _concerning_a_case, service=ledger, forget=_forget_entry)


async def _certification_begun(tx: Transaction, event: Received[CertificationBegun]) -> None:
    data = event.data
    holder = Member(MemberRole(data.kind), data.holder_id)
    term = Validity(data.effective_from, data.effective_until)
    await learn_certification(tx, data.certification_id, holder, term)


async def _certification_changed(tx: Transaction, event: Received[CertificationChanged]) -> None:
    await learn_certification_change(tx, change_of(event.event_id, event.data))


async def _program_provider_told(tx: Transaction, event: Received[ToldLink]) -> None:
    program_links.upsert(tx, event.data)


async def _examiner_standing_recorded(
    tx: Transaction, event: Received[ExaminerStandingRecorded]
) -> None:
    data = event.data
    term = Validity(data.effective_from, data.effective_until)
    await learn_examiner_standing(tx, data.examiner_standing_id, data.examiner_id, term)


async def _examiner_standing_ended(tx: Transaction, event: Received[ExaminerStandingEnded]) -> None:
    await learn_standing_end(tx, change_of(event.event_id, event.data))


async def _assessment_finalized(tx: Transaction, event: Received[AssessmentFinalized]) -> None:
    data = event.data
    if data.instrument == STATIC_99R:
        known = KnownStatic99R(data.assessment_id, data.assessed_on)
        await learn_static_99r(tx, data.case_id, known, data.finalized_at)
    await enter_on_timeline(tx, _entry(data.case_id, event))


async def _share_made(tx: Transaction, event: Received[ShareMade]) -> None:
    await enter_on_timeline(tx, _entry(event.data.case_id, event))
    await shares.insert_if_new(tx, _share(event.data))


async def _duty_changed(tx: Transaction, event: Received[DutyChange]) -> None:
    await _concerning_a_case(tx, event)
    known_duties.upsert(tx, ledger_of(event.type), event.data)


async def _concerning_a_case(tx: Transaction, event: Received[Event]) -> None:
    """Add the event to the timeline of its case, if it belongs to one."""
    case_id = getattr(event.data, "case_id", None)
    if case_id is not None:
        await enter_on_timeline(tx, _entry(case_id, event))


async def _forget_certification(tx: Transaction, lost: Lost[CertificationBegun]) -> str | None:
    return await forget_certification(tx, lost.subject_id)


async def _forget_standing(tx: Transaction, lost: Lost[ExaminerStandingRecorded]) -> str | None:
    return await forget_examiner_standing(tx, lost.subject_id)


async def _forget_change(tx: Transaction, lost: Lost[Event]) -> str | None:
    return await forget_credential_change(tx, lost.event_id, lost.subject_id)


async def _forget_link(tx: Transaction, lost: Lost[ToldLink]) -> None:
    await program_links.forget(tx, lost.subject_id)


async def _forget_assessment(tx: Transaction, lost: Lost[AssessmentFinalized]) -> None:
    await timeline.forget(tx, lost.event_id)
    if lost.data.instrument == STATIC_99R:
        await forget_static_99r(tx, lost.data.case_id, lost.data.assessment_id)


async def _forget_share(tx: Transaction, lost: Lost[ShareMade]) -> str | None:
    await timeline.forget(tx, lost.event_id)
    return await forget_share(tx, lost.data.share_id)


async def _forget_duty(tx: Transaction, lost: Lost[DutyChange]) -> None:
    await timeline.forget(tx, lost.event_id)
    await known_duties.forget(tx, lost.data.duty_id)


async def _forget_entry(tx: Transaction, lost: Lost[Event]) -> None:
    await timeline.forget(tx, lost.event_id)


def _entry(case_id: UUID, event: Received[Event]) -> TimelineEntry:
    return TimelineEntry(
        id=event.event_id,
        case_id=case_id,
        at=event.occurred_at,
        kind=event.type,
        subject_kind=event.data.subject_kind,
        subject_id=event.subject_id,
        summary=summarize(event.type, event.data.model_dump(mode="json")),
    )


def _share(data: ShareMade) -> SharedScore:
    return SharedScore(
        id=data.share_id,
        assessment_id=data.assessment_id,
        version=data.version,
        case_id=data.case_id,
        instrument=data.instrument,
        assessed_on=data.assessed_on,
        provider_id=data.provider_id,
        program_id=data.program_id,
        agency=data.agency,
        unit=data.unit,
        officer_id=data.officer_id,
        shared_at=data.shared_at,
    )

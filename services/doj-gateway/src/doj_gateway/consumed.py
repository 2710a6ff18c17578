"""Event handlers: a use case if something must be decided, else a direct write to storage."""

from functools import partial

from doj_gateway.domain.owed_scores import Forwarding
from doj_gateway.domain.scores import Assessment, SupervisedCase
from doj_gateway.storage import cases
from doj_gateway.use_cases.forget_lost_event import forget_assessment, forget_score_receipt
from doj_gateway.use_cases.learn_assessment import learn_assessment
from doj_gateway.use_cases.learn_score_receipt import LearnScoreReceipt, learn_score_receipt
from shared.database.transaction import Transaction
from shared.events.scoring import AssessmentFinalized
from shared.events.supervision import CaseOpened, ScoreReceiptRecorded, TeamChanged
from shared.law.in_force import Law
from shared.messaging.consuming.handlers import EventHandlers, Lost, Received


def handlers(law: Law, forwarding: Forwarding) -> EventHandlers:
    """Return the event handlers, for the law in force and the forwarding policy."""
    registry = EventHandlers()
    registry.on(CaseOpened, _case_told, forget=_forget_case, is_told_again=True)
    registry.on(TeamChanged, _case_told, forget=_forget_case, is_told_again=True)
    registry.on(
        AssessmentFinalized,
        partial(_assessment_finalized, law=law, forwarding=forwarding),
        forget=_forget_assessment,
        is_told_again=True,
    )
    registry.on(
        ScoreReceiptRecorded,
        partial(_score_receipt_recorded, law=law, forwarding=forwarding),
        forget=_forget_score_receipt,
    )
    return registry


async def _case_told(tx: Transaction, event: Received[CaseOpened | TeamChanged]) -> None:
    data = event.data
    await cases.upsert(tx, SupervisedCase(data.case_id, data.agency, data.unit, data.officer_id))


async def _assessment_finalized(
    tx: Transaction, event: Received[AssessmentFinalized], *, law: Law, forwarding: Forwarding
) -> None:
    await learn_assessment(tx, law, forwarding, _assessment(event.data), event.occurred_at)


async def _score_receipt_recorded(
    tx: Transaction, event: Received[ScoreReceiptRecorded], *, law: Law, forwarding: Forwarding
) -> None:
    await learn_score_receipt(tx, law, forwarding, _receipt(event))


async def _forget_case(tx: Transaction, lost: Lost[CaseOpened | TeamChanged]) -> None:
    await cases.forget(tx, lost.data.case_id)


async def _forget_assessment(tx: Transaction, lost: Lost[AssessmentFinalized]) -> str | None:
    data = lost.data
    return await forget_assessment(tx, data.assessment_id, data.version, data.instrument)


async def _forget_score_receipt(tx: Transaction, lost: Lost[ScoreReceiptRecorded]) -> str | None:
    data = lost.data
    receipt = (data.score_receipt_id, data.assessment_id)
    return await forget_score_receipt(tx, *receipt, data.instrument)


def _assessment(data: AssessmentFinalized) -> Assessment:
    return Assessment(
        id=data.assessment_id,
        version=data.version,
        case_id=data.case_id,
        instrument=data.instrument,
        assessed_on=data.assessed_on,
        scorer_id=data.scorer_id,
        program_id=data.program_id,
        agency=data.agency,
    )


def _receipt(event: Received[ScoreReceiptRecorded]) -> LearnScoreReceipt:
    data = event.data
    return LearnScoreReceipt(
        score_receipt_id=data.score_receipt_id,
        assessment_id=data.assessment_id,
        officer_id=data.officer_id,
        agency=data.agency,
        received_at=data.received_at,
        announced_at=event.occurred_at,
    )

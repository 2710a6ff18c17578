"""Score receipts."""

from datetime import date, datetime
from uuid import UUID

from fastapi import Response, status
from pydantic import BaseModel

from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role
from supervision.api.field_types import Evidence, Instant
from supervision.domain.receipts import ScoreReceipt
from supervision.use_cases.record_score_receipt import RecordScoreReceipt, record_score_receipt
from supervision.use_cases.show_score_receipt import show_score_receipt

router = guarded_router("/v1/score-receipts", tags=["score-receipts"])
READERS = (
    Role.OFFICER,
    Role.UNIT_SUPERVISOR,
    Role.AGENCY_LEAD,
    Role.PROVIDER,
    Role.AUDITOR,
    Role.OPERATOR,
)


class ScoreReceiptBody(RequestBody):
    """Which share was received; `received_at` may lie in the past, and is now if left out."""

    share_id: UUID
    received_at: Instant | None = None
    evidence: Evidence | None = None


class ScoreReceiptAnswer(BaseModel):
    """That the officer holds a shared score, since when, and by which proof."""

    score_receipt_id: UUID
    share_id: UUID
    assessment_id: UUID
    case_id: UUID
    instrument: str
    assessed_on: date
    officer_id: UUID
    received_at: datetime
    evidence: str | None


@router.post(
    "",
    operation_id="record_score_receipt",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OFFICER)],
)
async def post_score_receipt(
    tx: CurrentTransaction, body: ScoreReceiptBody, response: Response
) -> ScoreReceiptAnswer:
    """Acknowledge a shared score: the fact that starts the clock toward DOJ."""
    command = RecordScoreReceipt(body.share_id, body.received_at, body.evidence)
    receipt = await record_score_receipt(tx, command)
    response.headers["Location"] = f"/v1/score-receipts/{receipt.id}"
    return _answer(receipt)


@router.get(
    "/{score_receipt_id}", operation_id="show_score_receipt", dependencies=[allow(*READERS)]
)
async def get_score_receipt(tx: CurrentTransaction, score_receipt_id: UUID) -> ScoreReceiptAnswer:
    """Show a receipt."""
    return _answer(await show_score_receipt(tx, score_receipt_id))


def _answer(receipt: ScoreReceipt) -> ScoreReceiptAnswer:
    share = receipt.share
    return ScoreReceiptAnswer(
        score_receipt_id=receipt.id,
        share_id=share.id,
        assessment_id=share.assessment_id,
        case_id=share.case_id,
        instrument=share.instrument,
        assessed_on=share.assessed_on,
        officer_id=receipt.officer_id,
        received_at=receipt.received_at,
        evidence=receipt.evidence,
    )

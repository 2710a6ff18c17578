"""Routes that record and show officers' receipts of shared scores."""

from datetime import date, datetime
from uuid import UUID

from fastapi import Response, status
from pydantic import BaseModel, Field

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
    """The receipt of a shared score."""

    share_id: UUID = Field(description="ID of the share, from the inbox.")
    received_at: Instant | None = Field(
        default=None,
        description="When the officer received the score. It must not be in the future or before "
        "the score was shared. If omitted, now.",
    )
    evidence: Evidence | None = Field(
        default=None,
        description="The agency's own reference that proves the receipt, such as a log number. It "
        "stays in this service. If omitted, none is recorded.",
    )


class ScoreReceiptAnswer(BaseModel):
    """A recorded receipt of a shared score."""

    score_receipt_id: UUID
    share_id: UUID
    assessment_id: UUID = Field(description="ID of the assessment in the scoring service.")
    case_id: UUID
    instrument: str = Field(description="Code of the risk assessment instrument.")
    assessed_on: date = Field(description="Day of scoring.")
    officer_id: UUID = Field(description="ID of the officer who recorded the receipt.")
    received_at: datetime = Field(
        description="When the officer received the score. The clock toward DOJ starts on this day."
    )
    evidence: str | None = Field(
        description="The agency's own reference that proves the receipt. Null if none was given."
    )


@router.post(
    "",
    operation_id="record_score_receipt",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OFFICER)],
)
async def post_score_receipt(
    tx: CurrentTransaction, body: ScoreReceiptBody, response: Response
) -> ScoreReceiptAnswer:
    """Record that an officer received a shared score.

    Under the edition in force by default, this starts the clock for sending the score to DOJ.
    """
    command = RecordScoreReceipt(body.share_id, body.received_at, body.evidence)
    receipt = await record_score_receipt(tx, command)
    response.headers["Location"] = f"/v1/score-receipts/{receipt.id}"
    return _answer(receipt)


@router.get(
    "/{score_receipt_id}", operation_id="show_score_receipt", dependencies=[allow(*READERS)]
)
async def get_score_receipt(tx: CurrentTransaction, score_receipt_id: UUID) -> ScoreReceiptAnswer:
    """Show the receipt of a shared score."""
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

"""Routes that share a score with the supervising officer and show a share."""

from datetime import date, datetime
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field

from scoring.domain.shares import Share
from scoring.parts import CurrentParts
from scoring.use_cases.share_score import share_score
from scoring.use_cases.show_share import show_share
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role

router = guarded_router("/v1/shares", tags=["shares"])

_VIEWERS = allow(
    *(Role.OFFICER, Role.UNIT_SUPERVISOR, Role.AGENCY_LEAD, Role.PROVIDER),
    *(Role.PROGRAM_REPRESENTATIVE, Role.EXAMINER, Role.AUDITOR),
)


class ShareBody(RequestBody):
    """The assessment to share with the supervising officer of its case."""

    assessment_id: UUID = Field(description="ID of a finalized assessment that you scored.")


class ShareAnswer(BaseModel):
    """A score shared with the officer, and the officer's receipt of it."""

    share_id: UUID
    assessment_id: UUID
    version: int = Field(description="Version of the assessment that was shared.")
    case_id: UUID
    instrument: str = Field(description="Code of the instrument.")
    assessed_on: date = Field(description="Day of scoring.")
    officer_id: UUID = Field(
        description="ID of the officer who supervised the case when the score was shared."
    )
    agency: str = Field(description="Code of that officer's agency.")
    unit: str | None = Field(
        description="Code of the unit that supervises the case. Null if the case has no unit."
    )
    shared_at: datetime = Field(description="When the provider shared the score.")
    score_receipt_id: UUID | None = Field(
        description="ID of the officer's receipt. Null until the receipt is known here."
    )
    received_at: datetime | None = Field(
        description="When the officer received the score. Null until the receipt is known here."
    )


@router.post("", operation_id="share_score", status_code=201, dependencies=[allow(Role.PROVIDER)])
async def post_share(
    body: ShareBody, tx: CurrentTransaction, parts: CurrentParts, response: Response
) -> ShareAnswer:
    """Share a finalized score that you entered with the supervising officer, once per version."""
    share = await share_score(tx, parts.instruments, body.assessment_id)
    response.headers["Location"] = f"/v1/shares/{share.id}"
    return _answer(share)


@router.get("/{share_id}", operation_id="show_share", dependencies=[_VIEWERS])
async def get_share(share_id: UUID, tx: CurrentTransaction) -> ShareAnswer:
    """Show a shared score, and whether and when the officer received it."""
    return _answer(await show_share(tx, share_id))


def _answer(share: Share) -> ShareAnswer:
    return ShareAnswer(
        share_id=share.id,
        assessment_id=share.assessment_id,
        version=share.assessment_version,
        case_id=share.case_id,
        instrument=share.instrument,
        assessed_on=share.assessed_on,
        officer_id=share.officer_id,
        agency=share.agency,
        unit=share.unit,
        shared_at=share.shared_at,
        score_receipt_id=share.receipt.id if share.receipt else None,
        received_at=share.receipt.received_at if share.receipt else None,
    )

"""Certifications: who is certified, from when and until when."""

from datetime import date
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field

from certification.domain.applications import Kind, Level
from certification.domain.standings import Status, standing_on
from certification.use_cases.show_certification import CertificationFile, show_certification
from shared.http.etags import set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.security.principals import Role

router = guarded_router("/v1/certifications", tags=["certifications"])

EVERYBODY_WITHIN = tuple(role for role in Role if role not in {Role.PARTNER, Role.DOJ})


class CertificationAnswer(BaseModel):
    """One certification; it holds until the day before `effective_until`."""

    certification_id: UUID
    kind: Kind
    holder_id: UUID
    level: Level | None
    number: str
    effective_from: date
    effective_until: date
    conditions: list[str] = Field(
        description="Conditions of today that are not public: only people who sign in see them."
    )
    public_conditions: list[str] = Field(
        description="Conditions of today that anybody sees in the register and the directory."
    )
    status: Status
    status_since: date | None
    holds_today: bool


def certification_answer(shown: CertificationFile, today: date) -> CertificationAnswer:
    """Shape one certification, as it stands today."""
    certification = shown.certification
    standing = standing_on(shown.standings, today)
    is_begun = standing.status is not Status.NOT_YET_CERTIFIED
    return CertificationAnswer(
        certification_id=certification.id,
        kind=certification.kind,
        holder_id=certification.holder_id,
        level=certification.level,
        number=certification.number,
        effective_from=certification.effective_from,
        effective_until=certification.effective_until,
        conditions=list(certification.conditions),
        public_conditions=list(certification.public_conditions),
        status=standing.status,
        status_since=standing.effective_from if is_begun else None,
        holds_today=standing.status is Status.CERTIFIED,
    )


@router.get(
    "/{certification_id}",
    operation_id="show_certification",
    dependencies=[allow(*EVERYBODY_WITHIN)],
)
async def get_certification(
    certification_id: UUID, tx: CurrentTransaction, response: Response
) -> CertificationAnswer:
    """Show one certification."""
    shown = await show_certification(tx, certification_id)
    set_etag(response, shown.certification.version)
    return certification_answer(shown, tx.today)

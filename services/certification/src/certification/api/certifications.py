"""Certifications: who is certified, and for which term."""

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
    """One certification."""

    certification_id: UUID
    kind: Kind = Field(description="Whether a provider or a program holds it.")
    holder_id: UUID = Field(description="ID of the provider or program that holds it.")
    level: Level | None = Field(description="Level of the provider. Null for a program.")
    number: str = Field(
        description="Public number of the holder; it stays the same through renewals and upgrades."
    )
    effective_from: date = Field(description="First day of the certification.")
    effective_until: date = Field(
        description="First day on which the certification is no longer valid."
    )
    conditions: list[str] = Field(
        description="Today's conditions that are shown only to people who sign in."
    )
    public_conditions: list[str] = Field(
        description="Today's conditions that are shown to everybody in the register and the "
        "directory."
    )
    status: Status = Field(description="Status of the certification today.")
    status_since: date | None = Field(
        description="First day of this status. Null before the certification begins."
    )
    holds_today: bool = Field(
        description="Whether the certification is valid today, that is, its status is `certified`."
    )


def certification_answer(shown: CertificationFile, today: date) -> CertificationAnswer:
    """Build the response for one certification with its status today."""
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

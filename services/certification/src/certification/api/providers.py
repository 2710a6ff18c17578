"""Providers: their certifications, and the programs with which they work or worked."""

from datetime import date
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field

from certification.api.certifications import CertificationAnswer, certification_answer
from certification.api.name_shapes import DatedName, dated_names
from certification.api.programs import SEES
from certification.domain.program_links import LinkedHolder
from certification.domain.standings import Status
from certification.use_cases.show_provider import show_provider
from shared.http.etags import set_etag
from shared.http.routes import CurrentTransaction, guarded_router

router = guarded_router("/v1/providers", tags=["providers"])


class LinkedProgramAnswer(BaseModel):
    """A program with which a provider works or worked."""

    link_id: UUID
    program_id: UUID
    name: str
    number: str | None = Field(
        description="Public number of the program. Null if it was never certified."
    )
    status: Status = Field(description="Status of the program's certification today.")
    effective_from: date = Field(description="First day of the link.")
    effective_until: date | None = Field(
        description="First day without the link. Null if no end is recorded."
    )


class ProviderAnswer(BaseModel):
    """One provider with all certifications and linked programs."""

    provider_id: UUID
    name: str
    number: str | None = Field(
        description="Public number; it stays the same through renewals and upgrades. Null if the "
        "provider was never certified."
    )
    names: list[DatedName] = Field(
        description="Every name that the provider has had, oldest first."
    )
    certifications: list[CertificationAnswer] = Field(
        description="All certifications of the provider, oldest first."
    )
    programs: list[LinkedProgramAnswer] = Field(
        description="All programs linked with the provider, now or before."
    )


@router.get("/{provider_id}", operation_id="show_provider", dependencies=[SEES])
async def get_provider(
    provider_id: UUID, tx: CurrentTransaction, response: Response
) -> ProviderAnswer:
    """Show a provider who is or was certified."""
    file = await show_provider(tx, provider_id)
    set_etag(response, file.provider.version)
    held = [certification_answer(each, tx.today) for each in file.certifications]
    return ProviderAnswer(
        provider_id=file.provider.id,
        name=file.provider.name,
        number=held[-1].number if held else None,
        names=dated_names(file.names),
        certifications=held,
        programs=[_program(each) for each in file.programs],
    )


def _program(linked: LinkedHolder) -> LinkedProgramAnswer:
    link = linked.link
    return LinkedProgramAnswer(
        link_id=link.id,
        program_id=link.program_id,
        name=linked.name,
        number=linked.number,
        status=linked.status,
        effective_from=link.effective_from,
        effective_until=link.effective_until,
    )

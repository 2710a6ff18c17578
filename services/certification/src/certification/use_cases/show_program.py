"""Shows a program's counties, certifications, sites and providers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification.domain.amendments import Period
from certification.domain.directory import Program, Site
from certification.domain.program_changes import KeptChange
from certification.domain.program_links import LinkedHolder
from certification.storage import (
    amendments,
    certifications,
    program_changes,
    program_providers,
    program_sites,
    programs,
    standings,
)
from certification.use_cases.show_certification import CertificationFile
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class ProgramFile:
    """A program with its certifications, sites and the providers linked today."""

    program: Program
    names: Sequence[Period]
    certifications: list[CertificationFile]
    sites: list[Site]
    providers: list[LinkedHolder]


async def show_program(tx: Transaction, program_id: UUID) -> ProgramFile:
    """Read one program."""
    program = await programs.by_id(tx, program_id)
    names = await amendments.names(tx, program_id, program.name)
    held = await certifications.of_holder(tx, program_id)
    files = [
        CertificationFile(each, await standings.of_certification(tx, each.id)) for each in held
    ]
    sites = await program_sites.of_program(tx, program_id)
    linked = await program_providers.providers_on(tx, program_id, tx.today)
    return ProgramFile(program, names, files, sites, linked)


async def list_program_providers(
    tx: Transaction, program_id: UUID, day: date, *, beyond: UUID | None, limit: int
) -> list[LinkedHolder]:
    """Read the providers linked with a program on a day; one more than the limit."""
    await programs.by_id(tx, program_id)
    return await program_providers.providers_on(tx, program_id, day, beyond=beyond, limit=limit)


async def list_program_changes(
    tx: Transaction, program_id: UUID, *, after: int, limit: int
) -> list[KeptChange]:
    """Read the changes of a program; one more than the limit."""
    await programs.by_id(tx, program_id)
    return await program_changes.of_program(tx, program_id, after=after, limit=limit)

"""A program opens and closes its sites; closed sites stay on record."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification.domain.day_bounds import day_bounds
from certification.domain.directory import Site
from certification.domain.program_changes import ProgramChange, site_told
from certification.domain.recorded_twice import refuse_recorded
from certification.domain.span_ends import end_of
from certification.storage import program_sites, programs
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.in_force import Law
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class OpenSite:
    """The place and first day (None means today) of a site; the county is a FIPS code."""

    program_id: UUID
    name: str
    street: str
    city: str
    county: str
    zip_code: str
    effective_from: date | None
    seen_version: Seen | None


@dataclass(frozen=True)
class SiteKept:
    """A site, and the new version of its program."""

    site: Site
    program_version: int


async def open_site(tx: Transaction, law: Law, command: OpenSite) -> SiteKept:
    """Store a new site; ConflictError if the same site is open or will be."""
    bounds = day_bounds(law.edition.settings, tx.today)
    bounds.refuse_beginning("effective_from", command.effective_from)
    before = await programs.locked(tx, command.program_id)
    check_version(command.seen_version, before.version)
    site = Site(
        id=new_id(),
        program_id=before.id,
        name=command.name,
        street=command.street,
        city=command.city,
        county=command.county,
        zip_code=command.zip_code,
        effective_from=command.effective_from or tx.today,
    )
    program = replace(before, version=before.version + 1)
    same = (each.id for each in await program_sites.of_program(tx, before.id) if each.is_same(site))
    refuse_recorded("site", next(same, None))

    await program_sites.insert(tx, site)
    opened = ProgramChange.SITE_OPENED
    await programs.update(tx, program, opened, None, site_told(site))
    tx.audit("program.site-opened", subject_kind="program", subject_id=program.id)
    return SiteKept(site, program.version)


async def close_site(
    tx: Transaction, program_id: UUID, site_id: UUID, *, on: date | None, seen_version: Seen | None
) -> SiteKept:
    """Close a site from a day on, by default today, or correct the day it closed."""
    before = await programs.locked(tx, program_id)
    check_version(seen_version, before.version)
    was = await program_sites.by_id(tx, program_id, site_id)
    until = end_of(was.effective_from, was.effective_until, on, tx.today)
    site, program = replace(was, effective_until=until), replace(before, version=before.version + 1)

    await program_sites.update_end(tx, site)
    told = site_told(was), site_told(site)
    await programs.update(tx, program, ProgramChange.SITE_CLOSED, *told)
    tx.audit("program.site-closed", subject_kind="program", subject_id=program.id)
    return SiteKept(site, program.version)

"""Sites of programs; closed sites stay on record."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select, update

from certification.domain.directory import Site
from certification.storage.tables.programs import PROGRAM_SITES
from shared.database.transaction import Transaction
from shared.errors import NotFoundError


async def insert(tx: Transaction, site: Site) -> None:
    """Store a new site."""
    await tx.insert(PROGRAM_SITES, **vars(site))


async def update_end(tx: Transaction, site: Site) -> None:
    """Store the end of a site of a locked program."""
    await tx.execute(
        update(PROGRAM_SITES)
        .where(PROGRAM_SITES.c.id == site.id)
        .values(effective_until=site.effective_until)
    )


async def of_program(tx: Transaction, program_id: UUID) -> list[Site]:
    """Read every site of a program, also closed and future ones."""
    statement = (
        select(PROGRAM_SITES)
        .where(PROGRAM_SITES.c.program_id == program_id)
        .order_by(PROGRAM_SITES.c.effective_from, PROGRAM_SITES.c.id)
    )
    return [Site(**row) for row in (await tx.execute(statement)).mappings()]


async def towns_on(
    tx: Transaction, day: date, program_ids: Sequence[UUID]
) -> Mapping[UUID, Sequence[str]]:
    """Read the towns of programs' sites on a day, by name; programs without sites are left out."""
    columns = PROGRAM_SITES.c
    statement = (
        select(columns.program_id, columns.city)
        .distinct()
        .where(
            columns.program_id.in_(program_ids),
            columns.effective_from <= day,
            or_(columns.effective_until.is_(None), columns.effective_until > day),
        )
        .order_by(columns.city)
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in await tx.execute(statement):
        found[row.program_id].append(row.city)
    return found


async def by_id(tx: Transaction, program_id: UUID, site_id: UUID) -> Site:
    """Read a site of a program; NotFoundError if there is none with this ID."""
    statement = select(PROGRAM_SITES).where(
        PROGRAM_SITES.c.id == site_id, PROGRAM_SITES.c.program_id == program_id
    )
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"the program has no site {site_id}", code="site-not-found")
    return Site(**row)

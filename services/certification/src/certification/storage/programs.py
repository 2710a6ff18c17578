"""Programs that were certified once, and where they treat."""

from datetime import date
from uuid import UUID

from sqlalchemy import Date, RowMapping, Uuid, bindparam, or_, select
from sqlalchemy.dialects.postgresql import insert

from certification.domain.applications import Place
from certification.domain.directory import Program, Site
from certification.storage.tables.programs import PROGRAM_SITES, PROGRAMS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

_SITES = PROGRAM_SITES.c
_DAY = bindparam("day", type_=Date)
_SITES_ON = (
    select(*(_SITES[name] for name in ("id", "name", "street", "city", "county", "zip_code")))
    .where(
        _SITES.program_id == bindparam("program", type_=Uuid),
        _SITES.effective_from <= _DAY,
        or_(_SITES.effective_until.is_(None), _SITES.effective_until > _DAY),
    )
    .order_by(_SITES.name, _SITES.id)
)
"""Built once: building it took longer than its answer does."""


async def keep(tx: Transaction, program: Program) -> None:
    """Keep a program as its latest certification has it; what it says of itself stays."""
    told = {
        "name": program.name,
        "headquarters_county": program.place.headquarters_county,
        "served_counties": list(program.place.served_counties),
    }
    new = {
        "id": program.id,
        "applicant_id": program.applicant_id,
        "languages": list(program.languages),
        "accepting_clients": program.accepting_clients,
        "public_phone": program.public_phone,
        "website": program.website,
        "version": program.version,
    }
    changed = {**told, "version": PROGRAMS.c.version + 1}
    statement = insert(PROGRAMS).values(**told, **new)
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed))


async def by_id(tx: Transaction, program_id: UUID) -> Program:
    """Read one; NotFoundError where there is none."""
    statement = select(PROGRAMS).where(PROGRAMS.c.id == program_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"there is no program {program_id}", code="program-not-found")
    return program_of(row)


async def sites_on(tx: Transaction, day: date, program_id: UUID) -> list[Site]:
    """Read where a program treats on a day."""
    rows = (await tx.execute(_SITES_ON, {"program": program_id, "day": day})).mappings()
    return [Site(**row) for row in rows]


def program_of(row: RowMapping) -> Program:
    """Shape a row."""
    return Program(
        id=row["id"],
        name=row["name"],
        place=Place(row["headquarters_county"], tuple(row["served_counties"])),
        applicant_id=row["applicant_id"],
        version=row["version"],
        languages=tuple(row["languages"]),
        accepting_clients=row["accepting_clients"],
        public_phone=row["public_phone"],
        website=row["website"],
    )

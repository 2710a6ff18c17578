"""Programs that were certified once, and the directory of those certified on a day."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, case, literal, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from certification.domain.applications import Place
from certification.domain.directory import Entry, Listing, Program, listing
from certification.domain.standings import Status
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS
from certification.storage.tables.programs import PROGRAMS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

IN_HEADQUARTERS, SERVED = 0, 1


async def keep(tx: Transaction, program: Program) -> None:
    """Keep a program as its latest certification has it."""
    told = {
        "name": program.name,
        "headquarters_county": program.place.headquarters_county,
        "served_counties": list(program.place.served_counties),
    }
    new = {"id": program.id, "applicant_id": program.applicant_id, "version": program.version}
    changed = {**told, "version": PROGRAMS.c.version + 1}
    statement = insert(PROGRAMS).values(**told, **new)
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed))


async def by_id(tx: Transaction, program_id: UUID) -> Program:
    """Read one; NotFoundError where there is none."""
    statement = select(PROGRAMS).where(PROGRAMS.c.id == program_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"there is no program {program_id}", code="program-not-found")
    return _program_of(row)


async def certified_on(
    tx: Transaction,
    day: date,
    *,
    county: str | None,
    after: tuple[int, str, UUID] | None,
    limit: int,
) -> list[Entry]:
    """Read the directory of a day: headquarters first, then by name; one more than `limit`."""
    rank = (
        literal(IN_HEADQUARTERS)
        if county is None
        else case((PROGRAMS.c.headquarters_county == county, IN_HEADQUARTERS), else_=SERVED)
    )
    order = (rank, PROGRAMS.c.name, PROGRAMS.c.id)
    statement = _certified(day).order_by(*order).limit(limit + 1)
    if county is not None:
        is_headquarters = PROGRAMS.c.headquarters_county == county
        statement = statement.where(is_headquarters | PROGRAMS.c.served_counties.contains([county]))
    if after is not None:
        statement = statement.where(tuple_(*order) > tuple_(*after))
    return [_entry_of(row, county) for row in (await tx.execute(statement)).mappings()]


def place_in_directory(entry: Entry) -> tuple[int, str, UUID]:
    """The sort key of an entry, for the cursor of its page."""
    rank = IN_HEADQUARTERS if entry.listed_as is Listing.HEADQUARTERS else SERVED
    return rank, entry.program.name, entry.program.id


def _certified(day: date) -> Select[Any]:
    standings = CERTIFICATION_STANDINGS.c
    holds = (
        (standings.holder_id == PROGRAMS.c.id)
        & (standings.status == Status.CERTIFIED)
        & (standings.effective_from <= day)
        & (standings.effective_until > day)
    )
    return select(PROGRAMS, standings.number, standings.effective_from).join_from(
        PROGRAMS, CERTIFICATION_STANDINGS, holds
    )


def _program_of(row: RowMapping) -> Program:
    place = Place(row["headquarters_county"], tuple(row["served_counties"]))
    return Program(row["id"], row["name"], place, row["applicant_id"], row["version"])


def _entry_of(row: RowMapping, county: str | None) -> Entry:
    program = _program_of(row)
    return Entry(
        program=program,
        number=row["number"],
        certified_since=row["effective_from"],
        listed_as=listing(program.place, county or program.place.headquarters_county),
    )

"""The directory in the database: programs certified on a day, searched and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping

from certification.domain.amendments import public_conditions_on
from certification.domain.directory import ListedProgram, Listing, Search, listing
from certification.domain.folded_names import folded_program_name
from certification.storage import amendments, program_sites
from certification.storage.directory_searches import (
    IN_HEADQUARTERS,
    SERVED,
    parameters_of,
    shape_of,
)
from certification.storage.directory_statements import (
    count_statement,
    entry_statement,
    page_statement,
)
from certification.storage.programs import program_of
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

LISTINGS = {IN_HEADQUARTERS: Listing.HEADQUARTERS, SERVED: Listing.SERVES}
RANKS = {listed: rank for rank, listed in LISTINGS.items()}


async def certified_on(
    tx: Transaction,
    day: date,
    search: Search,
    *,
    limit: int,
    after: tuple[int, str, UUID] | None = None,
    offset: int = 0,
) -> list[ListedProgram]:
    """Read the directory of a day: headquarters first, then by name; one more than `limit`."""
    rank, name, program_id = after or (None, None, None)
    if rank == SERVED and search.county is None:
        return []  # the cursor is of another list, so nothing follows
    told = parameters_of(search)
    if after is not None:
        told |= {"after_name": folded_program_name(name or ""), "after_id": program_id}
    statement = page_statement(shape_of(search), day, rank, offset, limit + 1)
    rows = (await tx.execute(statement, told)).mappings().all()
    conditions = await _conditions_on(tx, day, rows)
    towns = await program_sites.towns_on(tx, day, [row["id"] for row in rows]) if rows else {}
    entries = (_entry_of(row, search.county, conditions) for row in rows)
    return [replace(each, towns=towns.get(each.program.id, ())) for each in entries]


async def count_certified_on(tx: Transaction, day: date, search: Search) -> dict[Listing, int]:
    """Count each section of the directory of a day, up to MOST_COUNTED plus 1."""
    statement = count_statement(shape_of(search), day)
    row = (await tx.execute(statement, parameters_of(search))).one()
    return {LISTINGS[rank]: count for rank, count in enumerate(row)}


async def entry_on(tx: Transaction, day: date, number: str) -> ListedProgram:
    """Read one program certified on a day; NotFoundError for any other."""
    row = (await tx.execute(entry_statement(day), {"number": number})).mappings().one_or_none()
    if row is None:
        raise NotFoundError(
            f"no program with the number {number} is certified on {day.isoformat()}",
            code="program-not-certified",
        )
    return _entry_of(row, None, await _conditions_on(tx, day, [row]))


def place_in_directory(entry: ListedProgram) -> tuple[int, str, UUID]:
    """Return the sort key of an entry, for its page's cursor."""
    return RANKS[entry.listed_as], entry.program.name, entry.program.id


async def _conditions_on(
    tx: Transaction, day: date, rows: Sequence[RowMapping]
) -> Mapping[UUID, Sequence[str]]:
    """Read the public conditions on a day; certifications without any may be left out."""
    if not rows:
        return {}
    found = await amendments.public_conditions(tx, [row["certification_id"] for row in rows])
    return {each: public_conditions_on(periods, day) for each, periods in found.items()}


def _entry_of(
    row: RowMapping, county: str | None, conditions: Mapping[UUID, Sequence[str]]
) -> ListedProgram:
    program = program_of(row)
    return ListedProgram(
        program=program,
        number=row["number"],
        certified_since=row["certified_since"],
        listed_as=listing(program.place, county or program.place.headquarters_county),
        conditions=conditions.get(row["certification_id"], ()),
    )

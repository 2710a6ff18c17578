"""Programs that were certified once, and the directory of those certified on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    Text,
    and_,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
)

from certification.domain.applications import Kind, Place
from certification.domain.directory import Entry, Listing, Program, Search, Site, listing
from certification.storage.tables.certifications import CERTIFICATIONS
from certification.storage.tables.programs import PROGRAM_SITES, PROGRAMS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

IN_HEADQUARTERS, SERVED = 0, 1
COUNTED_UP_TO = 1_000
"""How many of a section are counted; counting all would cost more than anybody learns from it."""

ORDER = (PROGRAMS.c.folded_name, PROGRAMS.c.id)
LISTINGS = {IN_HEADQUARTERS: Listing.HEADQUARTERS, SERVED: Listing.SERVES}
RANKS = {listed: rank for rank, listed in LISTINGS.items()}

Sections = Mapping[int, ColumnElement[bool]]
"""The sections of a list by their rank, each with what its programs have in common."""


async def keep(tx: Transaction, program: Program) -> None:
    """Keep a program on its first certification."""
    await tx.insert(
        PROGRAMS,
        id=program.id,
        name=program.name,
        headquarters_county=program.place.headquarters_county,
        served_counties=list(program.place.served_counties),
        version=program.version,
        languages=list(program.languages),
        accepting_clients=program.accepting_clients,
        public_phone=program.public_phone,
        website=program.website,
    )


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
    search: Search,
    *,
    limit: int,
    after: tuple[int, str, UUID] | None = None,
    offset: int = 0,
) -> list[Entry]:
    """Read the directory of a day: headquarters first, then by name; one more than `limit`.

    Each section is read in its own order and no further than the page reaches.
    """
    reach = offset + limit + 1
    parts = [
        _certified(day)
        .add_columns(literal(rank).label("rank"))
        .where(belongs, *_beyond(after, rank))
        .order_by(*ORDER)
        .limit(reach)
        .subquery()
        for rank, belongs in _sections(search).items()
        if after is None or rank >= after[0]
    ]
    found = union_all(*(select(part) for part in parts)).subquery()
    statement = (
        select(found)
        .order_by(found.c.rank, found.c.folded_name, found.c.id)
        .offset(offset)
        .limit(limit + 1)
    )
    return [_entry_of(row, search.county) for row in (await tx.execute(statement)).mappings()]


async def count_certified_on(tx: Transaction, day: date, search: Search) -> dict[Listing, int]:
    """Count each section of the directory of a day, up to one more than COUNTED_UP_TO."""
    sections = _sections(search)
    bounded = (
        _certified(day)
        .with_only_columns(literal(1))
        .where(belongs)
        .limit(COUNTED_UP_TO + 1)
        .subquery()
        for belongs in sections.values()
    )
    counts = [select(func.count()).select_from(part).scalar_subquery() for part in bounded]
    row = (await tx.execute(select(*counts))).one()
    return {LISTINGS[rank]: count for rank, count in zip(sections, row, strict=True)}


async def entry_on(tx: Transaction, day: date, number: str) -> Entry:
    """Read one program certified on a day; NotFoundError for any other."""
    statement = _certified(day).where(CERTIFICATIONS.c.number == number)
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(
            f"no program with the number {number} is certified on {day.isoformat()}",
            code="program-not-certified",
        )
    return _entry_of(row, None)


async def sites_on(tx: Transaction, day: date, program_id: UUID) -> list[Site]:
    """Read where a program treats on a day."""
    sites = PROGRAM_SITES.c
    is_open = or_(sites.effective_until.is_(None), sites.effective_until > day)
    statement = (
        select(sites.id, sites.name, sites.street, sites.city, sites.county, sites.zip_code)
        .where(sites.program_id == program_id, sites.effective_from <= day, is_open)
        .order_by(sites.name, sites.id)
    )
    return [Site(**row) for row in (await tx.execute(statement)).mappings()]


def place_in_directory(entry: Entry) -> tuple[int, str, UUID]:
    """The sort key of an entry, for the cursor of its page."""
    return RANKS[entry.listed_as], entry.program.name, entry.program.id


def _certified(day: date) -> Select[Any]:
    """The programs certified on a day, with number and since when: the one place that asks."""
    holds = (
        (CERTIFICATIONS.c.holder_id == PROGRAMS.c.id)
        & (CERTIFICATIONS.c.kind == Kind.PROGRAM)
        & (CERTIFICATIONS.c.effective_from <= day)
        & (CERTIFICATIONS.c.effective_until > day)
    )
    return select(PROGRAMS, CERTIFICATIONS.c.number, CERTIFICATIONS.c.effective_from).join_from(
        PROGRAMS, CERTIFICATIONS, holds
    )


def _sections(search: Search) -> Sections:
    matches = _matches(search)
    if search.county is None:
        return {IN_HEADQUARTERS: matches}
    is_headquarters = PROGRAMS.c.headquarters_county == search.county
    serves = PROGRAMS.c.served_counties.contains([search.county])
    return {
        IN_HEADQUARTERS: and_(is_headquarters, matches),
        SERVED: and_(serves, ~is_headquarters, matches),
    }


def _matches(search: Search) -> ColumnElement[bool]:
    """Every word of the name anywhere in the program's, and whatever else is asked for."""
    asked: list[ColumnElement[bool]] = [
        PROGRAMS.c.folded_name.like(_folded(f"%{_literally(word)}%"))
        for word in (search.name or "").split()
    ]
    if search.language is not None:
        asked.append(PROGRAMS.c.languages.contains([search.language]))
    if search.accepting_clients is not None:
        asked.append(PROGRAMS.c.accepting_clients.is_(search.accepting_clients))
    return and_(true(), *asked)


def _beyond(after: tuple[int, str, UUID] | None, rank: int) -> list[ColumnElement[bool]]:
    """What a section begins behind: where the page before ended, if it ended in this section."""
    if after is None or after[0] != rank:
        return []
    return [tuple_(*ORDER) > tuple_(_folded(after[1]), literal(after[2]))]


def _folded(name: str) -> ColumnElement[str]:
    """Fold what is looked for as the column `folded_name` folds what is there."""
    split = func.pg_catalog.normalize(literal(name, Text), literal_column("'NFKD'"))
    marks = literal_column(r"'[\u0300-\u036f]'", Text)
    nothing, everywhere = literal_column("''", Text), literal_column("'g'", Text)
    return func.regexp_replace(func.lower(split), marks, nothing, everywhere, type_=Text)


def _literally(word: str) -> str:
    """A word in which no character is a wildcard."""
    return "".join(f"\\{each}" if each in "\\%_" else each for each in word)


def _program_of(row: RowMapping) -> Program:
    return Program(
        id=row["id"],
        name=row["name"],
        place=Place(row["headquarters_county"], tuple(row["served_counties"])),
        version=row["version"],
        languages=tuple(row["languages"]),
        accepting_clients=row["accepting_clients"],
        public_phone=row["public_phone"],
        website=row["website"],
    )


def _entry_of(row: RowMapping, county: str | None) -> Entry:
    program = _program_of(row)
    return Entry(
        program=program,
        number=row["number"],
        certified_since=row["effective_from"],
        listed_as=listing(program.place, county or program.place.headquarters_county),
    )

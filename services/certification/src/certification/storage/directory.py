"""The directory in the database: the programs certified on a day, searched and counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    RowMapping,
    Select,
    Text,
    TextClause,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    text,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.dialects.postgresql.base import PGDialect

from certification.domain.directory import Entry, Listing, Search, listing
from certification.domain.standings import Status
from certification.storage.programs import program_of
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS
from certification.storage.tables.programs import PROGRAMS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

IN_HEADQUARTERS, SERVED = 0, 1
COUNTED_UP_TO = 1_000
"""How many of a section are counted; counting all would cost more than anybody learns from it."""

KEPT_STATEMENTS = 1_000
ORDER = (PROGRAMS.c.folded_name, PROGRAMS.c.id)
LISTINGS = {IN_HEADQUARTERS: Listing.HEADQUARTERS, SERVED: Listing.SERVES}
RANKS = {listed: rank for rank, listed in LISTINGS.items()}

Sections = Mapping[int, ColumnElement[bool]]
"""The sections of a list by their rank, each with what its programs have in common."""


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
    rank, name, program_id = after or (None, None, None)
    if rank == SERVED and search.county is None:
        return []  # the cursor of another list: this one has nothing behind it
    told = _told(search)
    if after is not None:
        told |= {"after_name": name, "after_id": program_id}
    statement = _page_statement(_shape(search), day, rank, offset, limit + 1)
    rows = await tx.execute(statement, told)
    return [_entry_of(row, search.county) for row in rows.mappings()]


async def count_certified_on(tx: Transaction, day: date, search: Search) -> dict[Listing, int]:
    """Count each section of the directory of a day, up to one more than COUNTED_UP_TO."""
    statement = _count_statement(_shape(search), day)
    row = (await tx.execute(statement, _told(search))).one()
    return {LISTINGS[rank]: count for rank, count in enumerate(row)}


async def entry_on(tx: Transaction, day: date, number: str) -> Entry:
    """Read one program certified on a day; NotFoundError for any other."""
    row = (await tx.execute(_entry_statement(day), {"number": number})).mappings().one_or_none()
    if row is None:
        raise NotFoundError(
            f"no program with the number {number} is certified on {day.isoformat()}",
            code="program-not-certified",
        )
    return _entry_of(row, None)


def place_in_directory(entry: Entry) -> tuple[int, str, UUID]:
    """The sort key of an entry, for the cursor of its page."""
    return RANKS[entry.listed_as], entry.program.name, entry.program.id


def _certified(on: date) -> Select[Any]:
    """The programs certified on a day, with number and since when: the one place that asks."""
    day = literal_column(f"DATE '{on.isoformat()}'", Date)
    standings = CERTIFICATION_STANDINGS.c
    holds = (
        (standings.holder_id == PROGRAMS.c.id)
        & (standings.status == literal_column(f"'{Status.CERTIFIED}'"))
        & (standings.effective_from <= day)
        & (standings.effective_until > day)
    )
    return select(PROGRAMS, standings.number, standings.certified_since).join_from(
        PROGRAMS, CERTIFICATION_STANDINGS, holds
    )


@dataclass(frozen=True)
class _Shape:
    """What makes a search the statement it is.

    County, day and limits stand in the statement itself, so that PostgreSQL plans for each county
    as it is, once: Los Angeles and Alpine are not read in the same way.
    """

    county: str | None
    words: int
    has_language: bool
    has_accepting: bool


def _shape(search: Search) -> _Shape:
    return _Shape(
        county=search.county,
        words=len((search.name or "").split()),
        has_language=search.language is not None,
        has_accepting=search.accepting_clients is not None,
    )


def _told(search: Search) -> dict[str, Any]:
    """What the statement of a search is told; a name word by word."""
    words = enumerate((search.name or "").split())
    told: dict[str, Any] = {f"word_{at}": f"%{_literally(word)}%" for at, word in words}
    if search.language is not None:
        told["language"] = search.language
    if search.accepting_clients is not None:
        told["accepting_clients"] = search.accepting_clients
    return told


@lru_cache(KEPT_STATEMENTS)
def _page_statement(
    shape: _Shape, day: date, after_rank: int | None, offset: int, limit: int
) -> TextClause:
    wanted = offset + limit
    parts: list[CTE] = []
    for rank, belongs in _sections(shape).items():
        if after_rank is not None and rank < after_rank:
            continue
        part = (
            _certified(day)
            .add_columns(_number(rank).label("rank"))
            .where(belongs, *([_is_beyond()] if rank == after_rank else []))
            .where(*(_has_fewer(before, wanted) for before in parts))
            .order_by(*ORDER)
            .limit(_number(wanted))
        )
        parts.append(part.cte(f"section_{rank}"))
    found = union_all(*(select(part) for part in parts)).subquery()
    return _written(
        select(found)
        .order_by(found.c.rank, found.c.folded_name, found.c.id)
        .offset(_number(offset))
        .limit(_number(limit))
    )


def _has_fewer(section: CTE, wanted: int) -> ColumnElement[bool]:
    """Whether a section leaves room on the page: what follows a full one is not even looked at."""
    return select(func.count()).select_from(section).scalar_subquery() < _number(wanted)


@lru_cache(KEPT_STATEMENTS)
def _count_statement(shape: _Shape, day: date) -> TextClause:
    bounded = (
        _certified(day)
        .with_only_columns(literal_column("1"))
        .where(belongs)
        .limit(_number(COUNTED_UP_TO + 1))
        .subquery()
        for belongs in _sections(shape).values()
    )
    counts = [select(func.count()).select_from(part).scalar_subquery() for part in bounded]
    return _written(select(*counts))


@lru_cache(KEPT_STATEMENTS)
def _entry_statement(day: date) -> TextClause:
    return _written(_certified(day).where(CERTIFICATION_STANDINGS.c.number == bindparam("number")))


def _written(statement: Select[Any]) -> TextClause:
    """A statement as text: building it for every request costs more than its answer does."""
    named = PGDialect(paramstyle="named")  # type: ignore[no-untyped-call] # SQLAlchemy types none of its dialects
    return text(str(statement.compile(dialect=named)))


def _sections(shape: _Shape) -> Sections:
    matches = _matches(shape)
    if shape.county is None:
        return {IN_HEADQUARTERS: matches}
    county = _code(shape.county)
    is_headquarters = PROGRAMS.c.headquarters_county == county
    serves = PROGRAMS.c.served_counties.contains(array([county]))
    return {
        IN_HEADQUARTERS: and_(is_headquarters, matches),
        SERVED: and_(serves, ~is_headquarters, matches),
    }


def _matches(shape: _Shape) -> ColumnElement[bool]:
    """Every word of the name anywhere in the program's, and whatever else is asked for."""
    asked: list[ColumnElement[bool]] = [
        PROGRAMS.c.folded_name.like(_folded(f"word_{at}")) for at in range(shape.words)
    ]
    if shape.has_language:
        language = array([bindparam("language", type_=Text)])
        asked.append(PROGRAMS.c.languages.contains(language))
    if shape.has_accepting:
        asked.append(PROGRAMS.c.accepting_clients == bindparam("accepting_clients", type_=Boolean))
    return and_(true(), *asked)


def _number(number: int) -> ColumnElement[int]:
    return literal_column(str(number), Integer)


def _code(code: str) -> ColumnElement[str]:
    """A code that stands in a statement; raises ValueError for what is none."""
    if not (code.isascii() and code.isalnum()):
        raise ValueError("only a code may stand in a statement")
    return literal_column(f"'{code}'", Text)


def _is_beyond() -> ColumnElement[bool]:
    """Where a section goes on: behind the last line of the page before."""
    return tuple_(*ORDER) > tuple_(_folded("after_name"), literal_column(":after_id"))


def _folded(told: str) -> ColumnElement[str]:
    """Fold what is looked for as the column `folded_name` folds what is there."""
    split = func.pg_catalog.normalize(bindparam(told, type_=Text), literal_column("'NFKD'"))
    marks = literal_column(r"'[\u0300-\u036f]'", Text)
    nothing, everywhere = literal_column("''", Text), literal_column("'g'", Text)
    return func.regexp_replace(func.lower(split), marks, nothing, everywhere, type_=Text)


def _literally(word: str) -> str:
    """A word in which no character is a wildcard."""
    return "".join(f"\\{each}" if each in "\\%_" else each for each in word)


def _entry_of(row: RowMapping, county: str | None) -> Entry:
    program = program_of(row)
    return Entry(
        program=program,
        number=row["number"],
        certified_since=row["certified_since"],
        listed_as=listing(program.place, county or program.place.headquarters_county),
    )

"""The SQL statements of the directory, each built once for all searches of its shape."""

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    FromClause,
    Select,
    Subquery,
    TextClause,
    bindparam,
    func,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql.base import PGDialect

from certification.domain.directory import MOST_COUNTED
from certification.domain.standings import Status
from certification.storage.directory_searches import ORDER, Shape, is_beyond, number, sections
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS
from certification.storage.tables.programs import PROGRAMS

KEPT_STATEMENTS = 1_000


@lru_cache(KEPT_STATEMENTS)
def page_statement(
    shape: Shape, day: date, after_rank: int | None, offset: int, limit: int
) -> TextClause:
    """Return the statement for a page: headquarters first, then by name.

    Each section is read in its own order and no further than the page needs. `after_rank` is the
    section in which the page before ended; `after_name` and `after_id` are parameters.
    """
    wanted = offset + limit
    parts: list[CTE] = []
    for rank, belongs in sections(shape).items():
        if after_rank is not None and rank < after_rank:
            continue
        beyond = [is_beyond()] if rank == after_rank else []
        found = select(PROGRAMS).where(belongs, *beyond)
        named = _named_first(found) if shape.words else found.subquery()
        part = (
            _certified(day, named)
            .add_columns(number(rank).label("rank"))
            .where(*(_has_fewer(before, wanted) for before in parts))
            .order_by(named.c.folded_name, named.c.id)
            .limit(number(wanted))
        )
        parts.append(part.cte(f"section_{rank}"))
    page = union_all(*(select(part) for part in parts)).subquery()
    return _written(
        select(page)
        .order_by(page.c.rank, page.c.folded_name, page.c.id)
        .offset(number(offset))
        .limit(number(limit))
    )


def _named_first(found: Select[Any]) -> Subquery:
    """Search and sort by name before checking certification; `OFFSET 0` keeps that order.

    PostgreSQL cannot estimate how many names contain a word, and would check thousands of programs
    for a page of fifty.
    """
    return found.order_by(*ORDER).offset(number(0)).subquery()


def _has_fewer(section: CTE, wanted: int) -> ColumnElement[bool]:
    """Whether a section leaves room on the page; sections after a full one are not read."""
    return select(func.count()).select_from(section).scalar_subquery() < number(wanted)


@lru_cache(KEPT_STATEMENTS)
def count_statement(shape: Shape, day: date) -> TextClause:
    """Return the statement that counts each section, up to MOST_COUNTED plus 1."""
    bounded = (
        _certified(day)
        .with_only_columns(literal_column("1"))
        .where(belongs)
        .limit(number(MOST_COUNTED + 1))
        .subquery()
        for belongs in sections(shape).values()
    )
    counts = [select(func.count()).select_from(part).scalar_subquery() for part in bounded]
    return _written(select(*counts))


@lru_cache(KEPT_STATEMENTS)
def entry_statement(day: date) -> TextClause:
    """Return the statement for the program with a `number`, if it is certified."""
    return _written(_certified(day).where(CERTIFICATION_STANDINGS.c.number == bindparam("number")))


def _written(statement: Select[Any]) -> TextClause:
    """Return a statement as text; building it for every request costs more than running it."""
    named = PGDialect(paramstyle="named")  # type: ignore[no-untyped-call] # SQLAlchemy types none of its dialects
    return text(str(statement.compile(dialect=named)))


def _certified(on: date, programs: FromClause = PROGRAMS) -> Select[Any]:
    """Select those certified on a day, with number and first day: the only such query."""
    day = literal_column(f"DATE '{on.isoformat()}'", Date)
    standings = CERTIFICATION_STANDINGS.c
    holds = (
        (standings.holder_id == programs.c.id)
        & (standings.status == literal_column(f"'{Status.CERTIFIED}'"))
        & (standings.effective_from <= day)
        & (standings.effective_until > day)
    )
    told = (standings.number, standings.certified_since, standings.certification_id)
    return select(programs, *told).join_from(programs, CERTIFICATION_STANDINGS, holds)

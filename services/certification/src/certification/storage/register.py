"""Reads the register: holders by public number, with every status period.

Undoing a list frees its numbers, and a corrected list may use them again. A number therefore
belongs to its latest holder; certifications voided before do not count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    any_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on

from certification.domain.amendments import Amendment, periods_of
from certification.domain.applications import Kind, Level
from certification.domain.register import HeldStanding, Holder
from certification.domain.standings import Standing, Status
from certification.storage import amendments
from certification.storage.tables.certifications import (
    CERTIFICATION_CHANGES,
    CERTIFICATION_STANDINGS,
    CERTIFICATIONS,
)
from certification.storage.tables.programs import PROGRAM_CHANGES, PROGRAMS, PROVIDERS
from shared.clock import end_of_day
from shared.database.transaction import Transaction

_STANDINGS = CERTIFICATION_STANDINGS.c
_CHANGES = CERTIFICATION_CHANGES.c
_STATUSES = {status.value: status for status in Status}
_LEVELS = {level.value: level for level in Level}
"""A lookup, because creating the enums took a fifth of the time for a thousand numbers."""
_Parts = tuple[Any, ...]


@dataclass(frozen=True)
class PublicChange:
    """A change without its reasons and without who recorded it."""

    change: str
    level: Level | None
    effective_on: date
    effective_from: date
    effective_until: date
    recorded_at: datetime


@dataclass(frozen=True)
class Numbered:
    """The certification's holder and public number."""

    kind: Kind
    number: str


async def holder(tx: Transaction, kind: Kind, number: str) -> Holder | None:
    """Read the holder of a number; None if there is none."""
    found = await holders(tx, [number], kind)
    return found.get(number)


async def holders(
    tx: Transaction, numbers: Sequence[str], kind: Kind | None = None
) -> Mapping[str, Holder]:
    """Read the holders of many numbers in one statement; unknown numbers are left out."""
    told = {"numbers": list(numbers), "kind": kind}
    return {each.number: each for each in await _holders(tx, _NUMBERED, told)}


async def programs_of(tx: Transaction, county: str, day: date) -> list[Holder]:
    """Read programs located in or serving a county on a day, by number."""
    found = _is_found_from(county)
    if day >= tx.today:
        return await _holders(tx, _standings().where(found))
    moved = _moved_after(day)
    was_found = or_(
        moved.c.before["headquarters_county"].astext == county,
        moved.c.before["served_counties"].contains([county]),
    )
    then = _standings().outerjoin(moved, moved.c.program_id == PROGRAMS.c.id)
    return await _holders(tx, then.where(or_(was_found, moved.c.program_id.is_(None) & found)))


async def changes_of(tx: Transaction, whose: Holder) -> list[PublicChange]:
    """Read the changes of a holder's certifications, by first day."""
    own = {each.certification_id for each in whose.held}
    statement = (
        select(
            *(_CHANGES.change, CERTIFICATIONS.c.level, _CHANGES.effective_on),
            *(_CHANGES.effective_from, _CHANGES.effective_until, _CHANGES.recorded_at),
        )
        .join_from(
            CERTIFICATION_CHANGES, CERTIFICATIONS, CERTIFICATIONS.c.id == _CHANGES.certification_id
        )
        .where(CERTIFICATIONS.c.id.in_(own))
        .order_by(_CHANGES.effective_on, _CHANGES.recorded_at, _CHANGES.certification_id)
        .order_by(_CHANGES.number)
    )
    rows = (await tx.execute(statement)).mappings()
    return [PublicChange(**{**row, "level": _level(row["level"])}) for row in rows]


async def numbered(tx: Transaction, certification_ids: Iterable[UUID]) -> Mapping[UUID, Numbered]:
    """Read the holders of these certifications."""
    columns = (CERTIFICATIONS.c.id, CERTIFICATIONS.c.kind, CERTIFICATIONS.c.number)
    statement = select(*columns).where(CERTIFICATIONS.c.id.in_(list(certification_ids)))
    rows = (await tx.execute(statement)).mappings()
    return {row["id"]: Numbered(Kind(row["kind"]), row["number"]) for row in rows}


def _standings() -> Select[Any]:
    name = func.coalesce(PROVIDERS.c.name, PROGRAMS.c.name).label("name")
    return (
        select(
            *(_STANDINGS.number, _STANDINGS.holder_id, _STANDINGS.kind, name),
            *(_STANDINGS.certification_id, _STANDINGS.level, _STANDINGS.status),
            *(_STANDINGS.effective_from, _STANDINGS.effective_until),
        )
        .select_from(CERTIFICATION_STANDINGS)
        .outerjoin(PROVIDERS, PROVIDERS.c.id == _STANDINGS.holder_id)
        .outerjoin(PROGRAMS, PROGRAMS.c.id == _STANDINGS.holder_id)
        .order_by(_STANDINGS.number, _STANDINGS.effective_from)
    )


def _is_found_from(county: str) -> ColumnElement[bool]:
    is_headquarters = PROGRAMS.c.headquarters_county == county
    return is_headquarters | PROGRAMS.c.served_counties.contains([county])


def _moved_after(day: date) -> Subquery:
    """Return the counties on that day of programs whose counties changed later."""
    changes = PROGRAM_CHANGES.c
    return (
        select(changes.program_id, changes.before)
        .ext(distinct_on(changes.program_id))
        .where(changes.at >= end_of_day(day), changes.before.has_key("headquarters_county"))
        .order_by(changes.program_id, changes.number)
        .subquery("moved")
    )


_KIND = bindparam("kind", type_=String)
_NUMBERED = _standings().where(
    _STANDINGS.number == any_(bindparam("numbers", type_=ARRAY(String))),
    or_(_KIND.is_(None), _STANDINGS.kind == _KIND),
)
"""Built once, because building it took longer than reading one number."""


async def _holders(
    tx: Transaction, statement: Select[Any], told: Mapping[str, Any] | None = None
) -> list[Holder]:
    rows = cast("Sequence[_Parts]", (await tx.execute(statement, told)).all())
    names = await amendments.names_amended(tx, {row[1] for row in rows}) if rows else {}
    conditions = await amendments.public_conditions(tx, {row[4] for row in rows}) if rows else {}
    found = (_holder(list(group), names) for _, group in groupby(rows, itemgetter(0)))
    return [replace(each, conditions=conditions) for each in found] if conditions else list(found)


def _holder(rows: Sequence[_Parts], names: Mapping[UUID, Sequence[Amendment]]) -> Holder:
    """Build a holder from the rows of one number."""
    number, holder_id, kind, name, *_ = max(rows, key=_given_last)
    amended = names.get(holder_id)
    held = [
        HeldStanding(identity, _level(level), Standing(_STATUSES[status], begin, end))
        for _, whose, _, _, identity, level, status, begin, end in rows
        if whose == holder_id
    ]
    went_by = periods_of({"name": name}, amended) if amended else ()
    return Holder(Kind(kind), number, name, held, went_by)


def _given_last(row: _Parts) -> tuple[bool, UUID]:
    _, _, _, _, identity, _, status, *_ = row
    return status != Status.VOIDED, identity


def _level(code: str | None) -> Level | None:
    return _LEVELS[code] if code else None

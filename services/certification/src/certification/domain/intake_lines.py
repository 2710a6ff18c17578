"""What a line of a list says of one holder and its certification, column by column.

A column more is one line here, a field of `Entry`, and where it is kept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from certification.domain.applications import Kind, Level
from certification.domain.certifications import PREFIXES, certification_number, counted_in
from certification.domain.day_bounds import TOO_FAR_AHEAD, DayBounds
from certification.domain.intake_cells import (
    CellRefusedError,
    county_code,
    county_codes,
    day,
    language_codes,
    level,
    name,
    yes_or_no,
)


@dataclass(frozen=True)
class Finding:
    """What is wrong or doubtful in a line; without a column, in the line as a whole."""

    column: str | None
    code: str
    message: str


@dataclass(frozen=True)
class IntakeEntry:
    """A line read: who is certified, from when and until the day before when.

    `number` is None where one is to be drawn; a provider has a level, a program its counties.
    """

    name: str
    effective_from: date
    effective_until: date
    number: str | None = None
    level: Level | None = None
    headquarters_county: str | None = None
    served_counties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    accepting_clients: bool | None = None


@dataclass(frozen=True)
class ReadLine:
    """The entry, or why there is none; `doubts` are for a person to look at."""

    entry: IntakeEntry | None
    refusals: tuple[Finding, ...] = ()
    doubts: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Column:
    """How a column is read; what may be empty has its default in `Entry`."""

    name: str
    read: Callable[[str], Any]
    may_be_empty: bool = False
    may_lack: bool = False


HIGHEST_NUMBER = 899_999
"""Numbers are drawn above the highest that was ever listed: a slip of the pen must not use them up,
since an undoing does not bring them back. The last 100,000 are for drawing alone."""


def _number(kind: Kind, text: str) -> str | None:
    counted = counted_in(kind, text.upper())
    if counted is not None and counted > HIGHEST_NUMBER:
        highest = certification_number(kind, HIGHEST_NUMBER)
        message = f"must be {highest} at the most, or empty: what comes after it is only drawn"
        raise CellRefusedError("number-too-high", message)
    return text.upper() if counted else None


SPAN = (Column("effective_from", day), Column("effective_until", day))
COLUMNS: Mapping[Kind, tuple[Column, ...]] = {
    Kind.PROGRAM: (
        Column("number", partial(_number, Kind.PROGRAM), may_be_empty=True, may_lack=True),
        Column("name", name),
        Column("headquarters_county", county_code),
        Column("served_counties", county_codes, may_be_empty=True),
        *SPAN,
        Column("languages", language_codes, may_be_empty=True, may_lack=True),
        Column("accepting_clients", yes_or_no, may_be_empty=True, may_lack=True),
    ),
    Kind.PROVIDER: (
        Column("number", partial(_number, Kind.PROVIDER), may_be_empty=True, may_lack=True),
        Column("name", name),
        Column("level", level),
        *SPAN,
    ),
}


def known_columns(kind: Kind) -> tuple[str, ...]:
    """Every column that a list of a kind may have."""
    return tuple(each.name for each in COLUMNS[kind])


def required_columns(kind: Kind) -> tuple[str, ...]:
    """The columns that it cannot do without."""
    return tuple(each.name for each in COLUMNS[kind] if not each.may_lack)


def read_line(
    kind: Kind, columns: Sequence[str], cells: Sequence[str], bounds: DayBounds
) -> ReadLine:
    """Read one line; every column is looked at, so that all that is wrong is said at once."""
    if len(cells) != len(columns):
        return ReadLine(None, (_wrong_length(columns, cells),))
    told = dict(zip(columns, cells, strict=True))
    values, refusals = _read_cells(kind, told)
    if _is_empty(values.get("effective_from"), values.get("effective_until")):
        message = "must be after effective_from: it is the first day after the term"
        refusals.append(Finding("effective_until", "empty-span", message))
    refusals.extend(_too_far_ahead(values, bounds))
    if refusals:
        return ReadLine(None, tuple(refusals))
    entry = IntakeEntry(**values)
    return ReadLine(entry, doubts=tuple(_doubts(kind, told, entry, bounds.today)))


def _is_empty(effective_from: date | None, effective_until: date | None) -> bool:
    if effective_from is None or effective_until is None:
        return False
    return effective_from >= effective_until


def _too_far_ahead(values: Mapping[str, Any], bounds: DayBounds) -> Iterator[Finding]:
    """A year was mistyped. A term may have begun long ago, so its end is counted from today."""
    begins = values.get("effective_from")
    latest = {
        "effective_from": bounds.latest_beginning(),
        "effective_until": bounds.latest_end(max(begins or bounds.today, bounds.today)),
    }
    for column, last in latest.items():
        if values.get(column) is not None and values[column] > last:
            yield Finding(column, TOO_FAR_AHEAD, f"is never after {last}")


def _read_cells(kind: Kind, told: Mapping[str, str]) -> tuple[dict[str, Any], list[Finding]]:
    values: dict[str, Any] = {}
    refusals: list[Finding] = []
    for column in COLUMNS[kind]:
        text = told.get(column.name, "")
        if not text and column.may_be_empty:
            continue
        try:
            values[column.name] = _read_cell(column, text)
        except CellRefusedError as error:
            refusals.append(Finding(column.name, error.code, error.message))
    return values, refusals


def _read_cell(column: Column, text: str) -> object:
    if not text:
        raise CellRefusedError("empty", "must not be empty")
    return column.read(text)


def _wrong_length(columns: Sequence[str], cells: Sequence[str]) -> Finding:
    counts = f"{len(cells)} cells, the header has {len(columns)}"
    if len(cells) > len(columns):
        return Finding(None, "too-many-columns", counts)
    return Finding(columns[len(cells)], "missing-column", counts)


def _doubts(kind: Kind, told: Mapping[str, str], entry: IntakeEntry, today: date) -> list[Finding]:
    doubts = []
    if told.get("number") and entry.number is None:
        form = f"is not of the form {PREFIXES[kind]}-000123: another is drawn"
        doubts.append(Finding("number", "number-drawn", form))
    if entry.effective_until <= today:
        over = "the term is over: it is recorded as expired, and nobody is reminded of a renewal"
        doubts.append(Finding("effective_until", "expired", over))
    return doubts

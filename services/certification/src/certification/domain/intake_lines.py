"""Parsing of a line of an imported list, column by column.

To add a column, add one line here, a field of `IntakeEntry`, and its storage.
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
    """An error or warning in a line; without a column, it concerns the whole line."""

    column: str | None
    code: str
    message: str


@dataclass(frozen=True)
class IntakeEntry:
    """A parsed line: who is certified, from which day and until the day before which day.

    `number` is None if a number is to be assigned. A provider has a level, a program its counties.
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
    """The entry, or why there is none; `doubts` are warnings for a person to check."""

    entry: IntakeEntry | None
    refusals: tuple[Finding, ...] = ()
    doubts: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Column:
    """How a column is parsed; columns that may be empty have a default in `IntakeEntry`."""

    name: str
    read: Callable[[str], Any]
    may_be_empty: bool = False
    may_lack: bool = False


HIGHEST_NUMBER = 899_999
"""New numbers are assigned above the highest number ever listed.

A typing error must not use them up, because undoing does not bring them back. The last 100,000
numbers can only be assigned, not listed.
"""


def _number(kind: Kind, text: str) -> str | None:
    counted = counted_in(kind, text.upper())
    if counted is not None and counted > HIGHEST_NUMBER:
        highest = certification_number(kind, HIGHEST_NUMBER)
        message = f"must be at most {highest}, or empty to have a number assigned"
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
    """Return every column that a list of a kind may have."""
    return tuple(each.name for each in COLUMNS[kind])


def required_columns(kind: Kind) -> tuple[str, ...]:
    """Return the columns that a list of a kind must have."""
    return tuple(each.name for each in COLUMNS[kind] if not each.may_lack)


def read_line(
    kind: Kind, columns: Sequence[str], cells: Sequence[str], bounds: DayBounds
) -> ReadLine:
    """Parse one line; every column is checked, so that all errors are reported at once."""
    if len(cells) != len(columns):
        return ReadLine(None, (_wrong_length(columns, cells),))
    told = dict(zip(columns, cells, strict=True))
    values, refusals = _read_cells(kind, told)
    if _is_empty(values.get("effective_from"), values.get("effective_until")):
        message = "must be after effective_from; it is the first day after the term"
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
    """Find mistyped years. The end is counted from today, because a term may be long past."""
    begins = values.get("effective_from")
    latest = {
        "effective_from": bounds.latest_beginning(),
        "effective_until": bounds.latest_end(max(begins or bounds.today, bounds.today)),
    }
    for column, last in latest.items():
        if values.get(column) is not None and values[column] > last:
            yield Finding(column, TOO_FAR_AHEAD, f"must not be after {last}")


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
    counts = f"has {len(cells)} cells, but the header has {len(columns)}"
    if len(cells) > len(columns):
        return Finding(None, "too-many-columns", counts)
    return Finding(columns[len(cells)], "missing-column", counts)


def _doubts(kind: Kind, told: Mapping[str, str], entry: IntakeEntry, today: date) -> list[Finding]:
    doubts = []
    if told.get("number") and entry.number is None:
        form = f"does not look like {PREFIXES[kind]}-000123; a new number will be assigned"
        doubts.append(Finding("number", "number-drawn", form))
    if entry.effective_until <= today:
        over = (
            "the term is over; the certification will be recorded as expired, without a "
            "renewal reminder"
        )
        doubts.append(Finding("effective_until", "expired", over))
    return doubts

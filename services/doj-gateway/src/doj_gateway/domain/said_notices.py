"""Reads the content of a notice as DOJ wrote it.

The original content is always stored. A notice that cannot be read or is not plausible is not
matched automatically; an operator examines it. The accepted spellings of LS/CMI are this project's
choice, because DOJ publishes none.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from unicodedata import normalize

from shared.clock import california_date
from shared.counted_years import FIRST_YEAR, LAST_YEAR
from shared.errors import InvalidInputError
from shared.identity.numbers import canonical_cii_number

EARLIEST_BIRTH = date(1900, 1, 1)
A_DAY = timedelta(days=1)
CLOCKS_DIFFER = timedelta(minutes=5)
SAME_SECOND = timedelta(seconds=1)
When = TypeVar("When", date, datetime)
INSTRUMENTS: Mapping[str, str] = {"lscmi": "ls-cmi"}
"""Instruments whose scores reach DOJ directly, by name without punctuation."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d.*", re.ASCII)
_NO_LETTER = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True)
class SaidNotice:
    """The content of a notice as DOJ wrote it. A missing or non-text field is None."""

    instrument: str | None
    assessed_on: str | None
    seen_at: str | None
    cii_number: str | None
    birth_date: str | None
    family_name: str | None


@dataclass(frozen=True)
class Identifiers:
    """The identifiers of a person in a notice. The supervision service looks them up."""

    cii_number: str
    birth_date: date
    family_name: str


class NoticeFault(StrEnum):
    """Why a notice cannot be matched automatically."""

    INSTRUMENT_UNKNOWN = "instrument-unknown"
    ASSESSED_ON_UNREADABLE = "assessed-on-unreadable"
    ASSESSED_ON_IN_THE_FUTURE = "assessed-on-in-the-future"
    SEEN_AT_UNREADABLE = "seen-at-unreadable"
    SEEN_AT_IN_THE_FUTURE = "seen-at-in-the-future"
    SEEN_BEFORE_ASSESSED = "seen-before-assessed"
    PERSON_UNREADABLE = "person-unreadable"


@dataclass(frozen=True)
class ReadNotice:
    """The fields that could be read. `fault` is the first problem, or None."""

    instrument: str | None
    assessed_on: date | None
    seen_at: datetime | None
    fault: NoticeFault | None


def read_notice(said: SaidNotice, now: datetime) -> ReadNotice:
    """Read the fields of a notice and check their plausibility."""
    instrument = INSTRUMENTS.get(_letters(said.instrument))
    assessed_on, seen_at = _in_years(day_of(said.assessed_on)), instant_of(said.seen_at)
    fault = _first_fault(instrument, assessed_on, seen_at, now)
    if fault is None and identifiers_of(said, now) is None:
        fault = NoticeFault.PERSON_UNREADABLE
    return ReadNotice(instrument, assessed_on, seen_at, fault)


def identifiers_of(said: SaidNotice, now: datetime) -> Identifiers | None:
    """Read the person's identifiers; None if one is missing or the birth date is not valid."""
    birth_date = day_of(said.birth_date)
    if not said.cii_number or not said.family_name or birth_date is None:
        return None
    if not EARLIEST_BIRTH <= birth_date <= california_date(now):
        return None
    return Identifiers(said.cii_number, birth_date, said.family_name)


def says_the_same(one: SaidNotice, other: SaidNotice) -> bool:
    """Whether two notices have the same content, ignoring notation and fractions of a second."""
    if not _is_same_second(one.seen_at, other.seen_at):
        return False
    return all(
        plain(getattr(one, name)) == plain(getattr(other, name)) for name, plain in _PLAIN.items()
    )


def day_of(text: str | None) -> date | None:
    """Read a day in the form YYYY-MM-DD; None for anything else."""
    if text is None or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def instant_of(text: str | None) -> datetime | None:
    """Return the instant in UTC; None without an offset or outside the supported years."""
    if text is None or not _INSTANT.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text)
        return _in_years(found.astimezone(UTC)) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _in_years(found: When | None) -> When | None:
    """Return None for years that deadlines and the database do not support."""
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def _first_fault(
    instrument: str | None, assessed_on: date | None, seen_at: datetime | None, now: datetime
) -> NoticeFault | None:
    if instrument is None:
        return NoticeFault.INSTRUMENT_UNKNOWN
    if assessed_on is None:
        return NoticeFault.ASSESSED_ON_UNREADABLE
    if seen_at is None:
        return NoticeFault.SEEN_AT_UNREADABLE
    return _fault_in_time(assessed_on, seen_at, now)


def _fault_in_time(assessed_on: date, seen_at: datetime, now: datetime) -> NoticeFault | None:
    """Check the dates with a tolerance of one day for time zones."""
    if assessed_on > california_date(now + A_DAY):
        return NoticeFault.ASSESSED_ON_IN_THE_FUTURE
    if seen_at > now + CLOCKS_DIFFER:
        return NoticeFault.SEEN_AT_IN_THE_FUTURE
    if california_date(seen_at + A_DAY) < assessed_on:
        return NoticeFault.SEEN_BEFORE_ASSESSED
    return None


def _is_same_second(one: str | None, other: str | None) -> bool:
    first, second = instant_of(one), instant_of(other)
    if first is None or second is None:
        return one == other
    return abs(first - second) < SAME_SECOND


def _letters(text: str | None) -> str:
    return _NO_LETTER.sub("", normalize("NFKC", text or "").casefold())


def _folded(text: str | None) -> str:
    return normalize("NFC", text or "").casefold().strip()


def _number(text: str | None) -> str:
    try:
        return canonical_cii_number(text or "")
    except InvalidInputError:
        return _folded(text)


_PLAIN: Mapping[str, Callable[[str | None], str]] = {
    "instrument": _letters,
    "assessed_on": _folded,
    "cii_number": _number,
    "birth_date": _folded,
    "family_name": _folded,
}

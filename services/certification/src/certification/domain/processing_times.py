"""How long the Board takes, for anybody: shortest, median and longest, for a stated period.

A state rule makes another board publish these, new and renewal apart (25 CCR 5020.5). Of a few
files only their number is said: a single applicant would be seen behind the figures.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from certification.domain.applications import Kind, Purpose
from shared.errors import Fault, InvalidInputError

FEWEST_FILES = 5
LONGEST_PERIOD = timedelta(days=1830)
GROUPS = (
    (Kind.PROGRAM, Purpose.NEW),
    (Kind.PROGRAM, Purpose.RENEWAL),
    (Kind.PROVIDER, Purpose.NEW),
    (Kind.PROVIDER, Purpose.RENEWAL),
    (Kind.PROVIDER, Purpose.UPGRADE),
)
"""A program has no level, so there is no upgrade of one."""


@dataclass(frozen=True)
class Days:
    """Calendar days from one fact to the decision, over several files."""

    minimum: int
    median: float
    maximum: int


@dataclass(frozen=True)
class GroupTimes:
    """The decided files of a kind and purpose; without times where they are too few."""

    kind: Kind
    purpose: Purpose
    files: int
    from_complete: Days | None = None
    from_received: Days | None = None


@dataclass(frozen=True)
class ReportPeriod:
    """Decisions from a day until the day before another."""

    since: date
    until: date


def period_of(since: date | None, until: date | None, today: date) -> ReportPeriod:
    """The period asked for; without one the twelve months before today.

    InvalidInputError for one that is empty, longer than five years or not over yet.
    """
    end = until or today
    begin = since or _a_year_before(end)
    if end <= begin:
        raise _refused("empty-period", "must be after since")
    if end > today + timedelta(days=1):
        raise _refused("period-in-future", f"is never after {today + timedelta(days=1)}")
    if end - begin > LONGEST_PERIOD:
        raise _refused("period-too-long", "must be at most 1,830 days after since")
    return ReportPeriod(begin, end)


def said(times: GroupTimes) -> GroupTimes:
    """What is told of a group: its number alone where it is too small."""
    if times.files >= FEWEST_FILES:
        return times
    return GroupTimes(times.kind, times.purpose, times.files)


def _a_year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _refused(code: str, message: str) -> InvalidInputError:
    fault = Fault("until", message)
    return InvalidInputError("this period cannot be reported", code=code, faults=[fault])

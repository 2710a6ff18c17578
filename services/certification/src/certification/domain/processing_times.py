"""Public processing times: shortest, median and longest, for a stated period.

A state rule makes another board publish these, new and renewal separately (25 CCR 5020.5). For a
small group only the number of decisions is published, so that no single applicant can be
identified.
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
"""A program has no level, so it cannot be upgraded."""


@dataclass(frozen=True)
class Days:
    """Calendar days from an event to the decision, over several applications."""

    minimum: int
    median: float
    maximum: int


@dataclass(frozen=True)
class GroupTimes:
    """The decided applications of one kind and purpose; without times if too few."""

    kind: Kind
    purpose: Purpose
    files: int
    from_complete: Days | None = None
    from_received: Days | None = None


@dataclass(frozen=True)
class ReportPeriod:
    """A period of decisions; `until` is the first day after it."""

    since: date
    until: date


def period_of(since: date | None, until: date | None, today: date) -> ReportPeriod:
    """Return the requested period, by default the twelve months before today.

    InvalidInputError for a period that is empty, longer than five years or not over yet.
    """
    end = until or today
    begin = since or _a_year_before(end)
    if end <= begin:
        raise _refused("empty-period", "must be after since")
    if end > today + timedelta(days=1):
        raise _refused("period-in-future", f"must not be after {today + timedelta(days=1)}")
    if end - begin > LONGEST_PERIOD:
        raise _refused("period-too-long", "must be at most 1,830 days after since")
    return ReportPeriod(begin, end)


def said(times: GroupTimes) -> GroupTimes:
    """Return what may be published about a group: only its number if it is too small."""
    if times.files >= FEWEST_FILES:
        return times
    return GroupTimes(times.kind, times.purpose, times.files)


def _a_year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _refused(code: str, message: str) -> InvalidInputError:
    fault = Fault("until", message)
    return InvalidInputError("this period cannot be reported", code=code, faults=[fault])

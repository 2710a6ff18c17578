"""Converts a rule such as "third Monday of January" to the closed days of each year."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shared.data_files.data_file import Section
from shared.law.counting.calendars import SATURDAY, Closure

SUNDAY = 6
DAYS_OF_WEEK = 7
MONTHS_PER_YEAR = 12
LAST, MOST = -1, 4
"""`which` for the last weekday of a month, and the greatest number that every month has."""
A_COMMON_YEAR = 2026


class Weekday(StrEnum):
    """The weekdays that a rule such as "third Monday" may name."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"


NUMBER_OF_WEEKDAY = {weekday: number for number, weekday in enumerate(Weekday)}


class OnSaturday(StrEnum):
    """Which day is closed if a holiday falls on a Saturday."""

    NOTHING = "nothing"
    FRIDAY_BEFORE = "friday-before"


@dataclass(frozen=True)
class DayOfYear:
    """A day of the year: a date, or the nth weekday of a month plus some days."""

    month: int
    day: int | None
    weekday: Weekday | None
    which: int
    days_later: int

    def in_year(self, year: int) -> date:
        """Return the day in that year."""
        if self.weekday is None:
            return date(year, self.month, self.day or 1)
        found = _nth_weekday(year, self.month, NUMBER_OF_WEEKDAY[self.weekday], self.which)
        return found + timedelta(days=self.days_later)


@dataclass(frozen=True)
class ClosureRule:
    """One holiday with its first and last year; None means no limit.

    `followed_by` names the rule that replaces this one, under another name or on another day;
    `ended_by` is the source that ended it for good.
    """

    name: str
    source: str
    day: DayOfYear
    on_saturday: OnSaturday
    first_year: int | None
    last_year: int | None
    followed_by: str | None
    ended_by: str | None
    section: Section

    def closures(self, years: range) -> list[Closure]:
        """Return the closed days of those years."""
        days = (self.day.in_year(year) for year in years if self.is_of(year))
        closed = ((day, _day_closed_for(day, self.on_saturday)) for day in days)
        return [
            Closure(on, self.name if on == day else f"{self.name}, observed", self.source)
            for day, on in closed
            if on is not None
        ]

    def is_of(self, year: int) -> bool:
        """Whether it is a holiday in that year."""
        begun = self.first_year is None or self.first_year <= year
        return begun and (self.last_year is None or year <= self.last_year)


def closure_rule(section: Section) -> ClosureRule:
    """Read one rule; raises DataFileError if it does not name a day of every year."""
    rule = ClosureRule(
        name=section.text("name"),
        source=section.text("source"),
        day=_day_of_year(section),
        on_saturday=section.choice("on_saturday", OnSaturday, OnSaturday.NOTHING),
        first_year=section.whole("first_year") if section.has("first_year") else None,
        last_year=section.whole("last_year") if section.has("last_year") else None,
        followed_by=section.optional_text("followed_by"),
        ended_by=section.optional_text("ended_by"),
        section=section,
    )
    section.finish()
    if rule.first_year and rule.last_year and rule.last_year < rule.first_year:
        raise section.fault("last_year must not be before first_year", "last_year")
    return rule


def _day_of_year(section: Section) -> DayOfYear:
    month = section.whole("month", least=1)
    if section.has("day"):
        day = DayOfYear(month, section.whole("day"), None, 0, 0)
        try:
            day.in_year(A_COMMON_YEAR)
        except ValueError:
            raise section.fault(
                "month and day must name a day that exists in every year", "day"
            ) from None
        return day
    which = section.whole("which")
    if month > MONTHS_PER_YEAR or not (1 <= which <= MOST or which == LAST):
        raise section.fault(
            "which must be 1 to 4, or -1 for the last one, and month must be 1 to 12", "which"
        )
    later = section.whole("days_later", least=0) if section.has("days_later") else 0
    return DayOfYear(month, None, section.choice("weekday", Weekday), which, later)


def _nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """Return the nth weekday of the month; -1 is the last."""
    if which > 0:
        first = date(year, month, 1)
        ahead = (weekday - first.weekday()) % DAYS_OF_WEEK
        return first + timedelta(days=ahead + DAYS_OF_WEEK * (which - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % DAYS_OF_WEEK)


def _day_closed_for(day: date, saturday: OnSaturday) -> date | None:
    if day.weekday() == SUNDAY:
        return day + timedelta(days=1)
    if day.weekday() != SATURDAY:
        return day
    return day - timedelta(days=1) if saturday is OnSaturday.FRIDAY_BEFORE else None

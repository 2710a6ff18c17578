"""Working-day calendars: which days are closed, and the name of the reason.

Public holiday packages do not implement when California state offices close (Gov. Code 19853):
a holiday on a Sunday closes the Monday, one on a Saturday closes nothing, except November 11,
which closes the Friday before. The days are data of this project; a calendar says which years
it covers, and a day outside them is an error, never a guess. A county overlay is a calendar that
extends another and names the agencies whose duties are counted by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shared.errors import InvalidInputError
from shared.law.counting.law_content import canonical, hash_of

WEEKEND = "weekend"
SATURDAY = 5


class CalendarEndedError(InvalidInputError):
    """A day lies outside the years that a calendar covers."""


@dataclass(frozen=True)
class Closure:
    """One closed day: its name in that year and the source that closes it."""

    on: date
    name: str
    source: str


@dataclass(frozen=True)
class Coverage:
    """Years for which somebody answers, both days included, and by which source."""

    first_on: date
    last_on: date
    source: str


@dataclass(frozen=True)
class OpenDay:
    """A closure of the extended calendar on which these offices work."""

    on: date
    name: str
    source: str


@dataclass(frozen=True, eq=False)
class Calendar:
    """The closed days of the years covered, weekends aside; equal where the content is."""

    name: str
    title: str
    covered: tuple[Coverage, ...]
    closures: Mapping[date, Closure]
    extends: str | None = None
    agencies: tuple[str, ...] = ()
    open_days: tuple[OpenDay, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    @cached_property
    def content(self) -> str:
        """All that it says, as JSON in one spelling; `calendar_of` builds it again."""
        return canonical(self)

    @cached_property
    def hash(self) -> str:
        """The hash of the content, by which a duty shows by which days it was counted."""
        return hash_of(self.content)

    @cached_property
    def covers_from(self) -> date:
        """The first day covered."""
        return self.covered[0].first_on

    @cached_property
    def covers_until(self) -> date:
        """The last day covered, included; the day after it is an error."""
        return self.covered[-1].last_on

    def closed_because(self, day: date) -> str | None:
        """Return why the day is closed, None for a working day; CalendarEndedError outside."""
        if not self.covers_from <= day <= self.covers_until:
            raise CalendarEndedError(
                f"calendar {self.name} covers {self.covers_from} to {self.covers_until}, not {day}",
                code="calendar-ended",
            )
        if day.weekday() >= SATURDAY:
            return WEEKEND
        closure = self.closures.get(day)
        return None if closure is None else closure.name


Calendars = Mapping[str, Calendar]


def calendar_for(calendars: Calendars, name: str, agency: str | None) -> Calendar:
    """Return the calendar of that name, or the overlay of it that lists the agency."""
    if agency is not None:
        for calendar in calendars.values():
            if calendar.extends == name and agency in calendar.agencies:
                return calendar
    return calendars[name]

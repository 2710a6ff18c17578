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
    """A day is outside the years that a calendar covers."""


@dataclass(frozen=True)
class Closure:
    """One closed day: its name in that year and the source for closing on it."""

    on: date
    name: str
    source: str


@dataclass(frozen=True)
class Coverage:
    """The years that one source covers, both days included."""

    first_on: date
    last_on: date
    source: str


@dataclass(frozen=True)
class OpenDay:
    """A closed day of the extended calendar on which these offices are open."""

    on: date
    name: str
    source: str


@dataclass(frozen=True, eq=False)
class Calendar:
    """The closed days, except weekends, of the years covered; compared by content."""

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
        """The calendar's contents as canonical JSON; `calendar_of` builds it again."""
        return canonical(self)

    @cached_property
    def hash(self) -> str:
        """The hash of the contents, stored with a duty to show which days it was counted by."""
        return hash_of(self.content)

    @cached_property
    def covers_from(self) -> date:
        """The first day covered."""
        return self.covered[0].first_on

    @cached_property
    def covers_until(self) -> date:
        """The last day covered, inclusive; later days raise an error."""
        return self.covered[-1].last_on

    def closed_because(self, day: date) -> str | None:
        """Return why the day is closed; None if it is not. CalendarEndedError if not covered."""
        if not self.covers_from <= day <= self.covers_until:
            raise CalendarEndedError(
                f"calendar {self.name} covers {self.covers_from} to {self.covers_until}, which"
                f" does not include {day}",
                code="calendar-ended",
            )
        if day.weekday() >= SATURDAY:
            return WEEKEND
        closure = self.closures.get(day)
        return None if closure is None else closure.name


Calendars = Mapping[str, Calendar]


def calendar_for(calendars: Calendars, name: str, agency: str | None) -> Calendar:
    """Return the calendar with this name, or its overlay that lists the agency."""
    if agency is not None:
        for calendar in calendars.values():
            if calendar.extends == name and agency in calendar.agencies:
                return calendar
    return calendars[name]

"""Working-day calendars: which days are closed, and the name of the reason.

Public holiday packages do not implement when California state offices close (Gov. Code 19853):
a holiday on a Sunday closes the Monday, one on a Saturday closes nothing, except November 11,
which closes the Friday before. The days are data of this project; a calendar says which years
it covers, and a day outside them is an error, never a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.errors import InvalidInputError

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
class Calendar:
    """The closed days of the years covered, weekends aside."""

    name: str
    title: str
    first_covered_on: date
    last_covered_on: date
    closures: Mapping[date, Closure]

    def closed_because(self, day: date) -> str | None:
        """Return why the day is closed, None for a working day; CalendarEndedError outside."""
        if not self.first_covered_on <= day <= self.last_covered_on:
            raise CalendarEndedError(
                f"calendar {self.name} covers {self.first_covered_on} to {self.last_covered_on},"
                f" not {day}",
                code="calendar-ended",
            )
        if day.weekday() >= SATURDAY:
            return WEEKEND
        closure = self.closures.get(day)
        return None if closure is None else closure.name


Calendars = Mapping[str, Calendar]

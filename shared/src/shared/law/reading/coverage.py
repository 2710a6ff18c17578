"""Checks that calendars reach far enough ahead to count every due date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shared.law.counting.calendars import Calendar

DAYS_AHEAD = 400


@dataclass(frozen=True)
class CoverageFault:
    """A calendar that ends too soon."""

    calendar: str
    covers_until: date
    needed_until: date

    def __str__(self) -> str:
        """One line for a message."""
        return (
            f"calendar {self.calendar} covers until {self.covers_until}; it must cover until "
            f"{self.needed_until}, {DAYS_AHEAD} days ahead"
        )


def coverage_faults(calendars: Iterable[Calendar], today: date) -> list[CoverageFault]:
    """List every calendar that does not cover today and the next 400 days."""
    needed = today + timedelta(days=DAYS_AHEAD)
    return [
        CoverageFault(each.name, each.covers_until, needed)
        for each in calendars
        if each.covers_until < needed or each.covers_from > today
    ]

"""Whether the calendars reach far enough ahead: a due date beyond their end cannot be counted."""

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
        """Say it in a line."""
        return (
            f"calendar {self.calendar} covers until {self.covers_until};"
            f" it must until {self.needed_until}, {DAYS_AHEAD} days ahead"
        )


def coverage_faults(calendars: Iterable[Calendar], today: date) -> list[CoverageFault]:
    """Name every calendar that does not cover today and the 400 days that follow."""
    needed = today + timedelta(days=DAYS_AHEAD)
    return [
        CoverageFault(each.name, each.covers_until, needed)
        for each in calendars
        if each.covers_until < needed or each.covers_from > today
    ]

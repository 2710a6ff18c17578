"""The working days to come, numbered from 0; what lies behind the last is beyond the horizon."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from shared.law.counting.calendars import Calendar

HORIZON_DAYS = 500
"""Two years of working days: past that the past says little."""


@dataclass(frozen=True)
class Horizon:
    """The working days from today on, today included when it is one."""

    today: date
    days: tuple[date, ...]

    @property
    def begins_today(self) -> bool:
        """Whether the first of them has partly passed already."""
        return self.days[:1] == (self.today,)

    def first_from(self, day: date) -> int:
        """The number of the first working day on or after a day; beyond: how many there are."""
        return bisect_left(self.days, day)

    def last_until(self, day: date) -> int:
        """The number of the last working day on or before a day; -1 where none is left."""
        return bisect_right(self.days, day) - 1

    def date_of(self, number: int) -> date | None:
        """The date of a number; None beyond the horizon."""
        return self.days[number] if number < len(self.days) else None


def horizon_from(today: date, calendar: Calendar, length: int = HORIZON_DAYS) -> Horizon:
    """Number the next working days; fewer where the calendar ends before."""
    days: list[date] = []
    on = today
    while len(days) < length and on <= calendar.covers_until:
        if calendar.closed_because(on) is None:
            days.append(on)
        on += timedelta(days=1)
    return Horizon(today, tuple(days))

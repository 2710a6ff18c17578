"""The future working days of a forecast, numbered from 0; later days are beyond the horizon."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from shared.law.counting.calendars import Calendar

HORIZON_DAYS = 500
"""Two years of working days; further ahead, observed days say little."""


@dataclass(frozen=True)
class Horizon:
    """The working days from today on; today is included if it is one."""

    today: date
    days: tuple[date, ...]

    @property
    def begins_today(self) -> bool:
        """Whether the first day is today, of which a part has passed."""
        return self.days[:1] == (self.today,)

    def first_from(self, day: date) -> int:
        """Return the index of the first working day on or after a day."""
        return bisect_left(self.days, day)

    def last_until(self, day: date) -> int:
        """Return the index of the last working day on or before a day; -1 if there is none."""
        return bisect_right(self.days, day) - 1

    def date_of(self, number: int) -> date | None:
        """Return the date of an index; None beyond the horizon."""
        return self.days[number] if number < len(self.days) else None


def horizon_from(today: date, calendar: Calendar, length: int = HORIZON_DAYS) -> Horizon:
    """Number the next working days; fewer if the calendar ends before."""
    days: list[date] = []
    on = today
    while len(days) < length and on <= calendar.covers_until:
        if calendar.closed_because(on) is None:
            days.append(on)
        on += timedelta(days=1)
    return Horizon(today, tuple(days))

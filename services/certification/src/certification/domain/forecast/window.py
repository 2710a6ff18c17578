"""The past working days to look at; events of a closed day count for the working day before."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from shared.law.counting.calendars import Calendar

LEAD_IN = timedelta(days=30)
"""Days before the window, to tell new reviewers from those who had nothing to decide."""


@dataclass(frozen=True)
class Window:
    """The last working days before today, oldest first; today is separate."""

    days: tuple[date, ...]
    today: date
    is_open_today: bool

    @property
    def looks_from(self) -> date:
        """The first day to read, LEAD_IN before the first day counted."""
        return (self.days[0] if self.days else self.today) - LEAD_IN

    def day_of(self, on: date) -> date | None:
        """Return the working day to which a day's events belong; None before the window."""
        days = (*self.days, self.today) if self.is_open_today else self.days
        number = bisect_right(days, on)
        return days[number - 1] if number else None


def window_before(today: date, calendar: Calendar, length: int) -> Window:
    """Return the last working days; fewer if the calendar begins later."""
    days: list[date] = []
    on = today - timedelta(days=1)
    while len(days) < length and on >= calendar.covers_from:
        if calendar.closed_because(on) is None:
            days.append(on)
        on -= timedelta(days=1)
    return Window(tuple(reversed(days)), today, calendar.closed_because(today) is None)

"""The working days looked back on: what happened on a closed day belongs to the one before it."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from shared.law.counting.calendars import Calendar

LEAD_IN = timedelta(days=30)
"""Looked at before the window, to tell who has just begun from who had nothing to decide."""


@dataclass(frozen=True)
class Window:
    """The last working days before today, the earliest first; today is apart."""

    days: tuple[date, ...]
    today: date
    is_open_today: bool

    @property
    def looks_from(self) -> date:
        """The first day of which anything is read; never after what is counted."""
        return (self.days[0] if self.days else self.today) - LEAD_IN

    def day_of(self, on: date) -> date | None:
        """The working day to which something of a day belongs; None before the window."""
        days = (*self.days, self.today) if self.is_open_today else self.days
        number = bisect_right(days, on)
        return days[number - 1] if number else None


def window_before(today: date, calendar: Calendar, length: int) -> Window:
    """Look back on so many working days; fewer where the calendar begins after."""
    days: list[date] = []
    on = today - timedelta(days=1)
    while len(days) < length and on >= calendar.covers_from:
        if calendar.closed_because(on) is None:
            days.append(on)
        on -= timedelta(days=1)
    return Window(tuple(reversed(days)), today, calendar.closed_because(today) is None)

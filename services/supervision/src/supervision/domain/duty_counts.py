"""Counts of unmet duties: overdue, due on each of the next 30 days, due later, and paused.

Days are days in California. Today is the first; a duty due today is overdue once today has ended.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_AHEAD = 30


@dataclass(frozen=True)
class DutyCounts:
    """Counts of unmet duties, each duty once. A paused duty has no fixed day, so it is separate."""

    overdue: int
    paused: int
    by_day: Mapping[date, int]
    later: int

    @property
    def unmet(self) -> int:
        """The number of all unmet duties."""
        return self.overdue + self.paused + sum(self.by_day.values()) + self.later


def days_ahead(today: date) -> tuple[date, ...]:
    """Return the days that are counted one by one, starting with today."""
    return tuple(today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))

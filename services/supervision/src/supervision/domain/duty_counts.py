"""How much is owed by when: what is overdue, what each of the next 30 days brings, and the rest.

Days are California's: today is the first, and a duty due today is overdue when today has ended.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_AHEAD = 30


@dataclass(frozen=True)
class DutyCounts:
    """What is unmet, each duty once; a paused clock's date will move, so it is on no day."""

    overdue: int
    paused: int
    by_day: Mapping[date, int]
    later: int

    @property
    def unmet(self) -> int:
        """All that is still owed."""
        return self.overdue + self.paused + sum(self.by_day.values()) + self.later


def days_ahead(today: date) -> tuple[date, ...]:
    """The days that are counted one by one, today the first."""
    return tuple(today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))

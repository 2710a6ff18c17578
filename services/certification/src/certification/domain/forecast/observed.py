"""The observed past work of the reviewers, and whether it is enough for a forecast."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

FEWEST_DAYS = 10
"""Two weeks of working days; with fewer, one busy day would count too much."""
FEWEST_DECISIONS = 30


class ObservedDay(NamedTuple):
    """A working day: how many files became complete, and each reviewer's decisions.

    A reviewer is present on every day from the first work to the last, also without decisions.
    """

    on: date
    completions: int
    decisions: tuple[int, ...]


@dataclass(frozen=True)
class Observed:
    """The past data of a forecast; delays are in calendar days.

    `completion_delays` run from receipt to completeness, `answer_delays` from a notice on a
    complete file to the last answer; both include only those that ended in the window. Today's work
    is kept apart, because the rest of today is still simulated.
    """

    days: tuple[ObservedDay, ...]
    completion_delays: tuple[int, ...] = ()
    answer_delays: tuple[int, ...] = ()
    completions_today: int = 0
    decisions_today: int = 0

    @cached_property
    def staffed_days(self) -> tuple[ObservedDay, ...]:
        """The days on which a reviewer worked, in order; only these are drawn from."""
        return tuple(sorted(day for day in self.days if day.decisions))

    @cached_property
    def reviewers(self) -> int:
        """The number of reviewers on the last day that had any."""
        return len(self.staffed_days[-1].decisions) if self.staffed_days else 0

    @cached_property
    def reviewer_days(self) -> int:
        """The sum of the days that each reviewer worked."""
        return sum(len(day.decisions) for day in self.days)

    @cached_property
    def decisions(self) -> int:
        """The number of decisions."""
        return sum(sum(day.decisions) for day in self.days)

    @cached_property
    def completions(self) -> int:
        """The number of files that became complete on the days drawn from."""
        return sum(day.completions for day in self.staffed_days)

    @property
    def lacks(self) -> tuple[str, ...]:
        """The data missing for a forecast, in words; empty if there is enough."""
        found = len(self.staffed_days)
        lacking = []
        if found < FEWEST_DAYS:
            lacking.append(f"{found} working days with a reviewer, of {FEWEST_DAYS} needed")
        if self.decisions < FEWEST_DECISIONS:
            lacking.append(f"{self.decisions} decisions, of {FEWEST_DECISIONS} needed")
        return tuple(lacking)

"""What was observed at the desk, and whether it is enough to say anything of the days to come."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

FEWEST_DAYS = 10
"""Two weeks of working days: with fewer, one busy day would pass for the rule."""
FEWEST_DECISIONS = 30


class ObservedDay(NamedTuple):
    """A working day: how many files became complete, and what each reviewer decided.

    A reviewer stands on every day from the first work to the last, also with nothing decided.
    """

    on: date
    completions: int
    decisions: tuple[int, ...]


@dataclass(frozen=True)
class Observed:
    """The past that a forecast rests on; delays are calendar days.

    `completion_delays` run from receipt to completeness, `answer_delays` from a notice on a
    complete file to the applicant's last answer; both of those that ended in the window. What was
    done today is kept apart: today is still to be simulated, less what is done of it.
    """

    days: tuple[ObservedDay, ...]
    completion_delays: tuple[int, ...] = ()
    answer_delays: tuple[int, ...] = ()
    completions_today: int = 0
    decisions_today: int = 0

    @cached_property
    def staffed_days(self) -> tuple[ObservedDay, ...]:
        """The days with a reviewer at work, in their order; only these are drawn from."""
        return tuple(sorted(day for day in self.days if day.decisions))

    @cached_property
    def reviewers(self) -> int:
        """How many reviewers there were on the last day that had any."""
        return len(self.staffed_days[-1].decisions) if self.staffed_days else 0

    @cached_property
    def reviewer_days(self) -> int:
        """How many days of one reviewer."""
        return sum(len(day.decisions) for day in self.days)

    @cached_property
    def decisions(self) -> int:
        """How many decisions."""
        return sum(sum(day.decisions) for day in self.days)

    @cached_property
    def completions(self) -> int:
        """How many files became complete, on the days drawn from."""
        return sum(day.completions for day in self.staffed_days)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing for a forecast, in words; empty where enough was observed."""
        found = len(self.staffed_days)
        lacking = []
        if found < FEWEST_DAYS:
            lacking.append(f"{found} working days with a reviewer, of {FEWEST_DAYS} needed")
        if self.decisions < FEWEST_DECISIONS:
            lacking.append(f"{self.decisions} decisions, of {FEWEST_DECISIONS} needed")
        return tuple(lacking)

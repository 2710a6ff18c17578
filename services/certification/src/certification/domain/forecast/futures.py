"""All runs for one number of reviewers, with what is needed to read dates and targets."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from operator import gt

from certification.domain.forecast.curves import Curves
from certification.domain.forecast.draws import Draws, Numbers
from certification.domain.forecast.horizon import Horizon
from certification.domain.forecast.line_targets import LineTargets
from certification.domain.forecast.open_files import OpenFile
from certification.domain.forecast.simulation import SimulationRun

BEFORE_ALL = -1
"""The target of files that join beyond the horizon, which count as late."""
NEVER = 10**6
"""More days than any target, for a file that is not decided within the horizon."""


@dataclass(frozen=True)
class Futures:
    """The runs for one number of reviewers; `target_days` are calendar days."""

    horizon: Horizon
    line_targets: LineTargets
    draws: Draws
    runs: Sequence[SimulationRun]
    target_days: int
    unhindered: int

    def curves_at(self, place: int) -> Curves:
        """Return the percentiles for a place in line.

        No paused file comes before files that were complete before all of them. For the others,
        every paused file does, which is cautious for those with only some ahead.
        """
        return self._all_decided if place <= self.unhindered else self._line_decided

    @cached_property
    def _all_decided(self) -> Curves:
        return Curves([run.decided for run in self.runs])

    @cached_property
    def _line_decided(self) -> Curves:
        if self.draws.returned is None:
            return self._all_decided
        return Curves([run.of_line for run in self.runs])

    @cached_property
    def targets(self) -> Sequence[int]:
        """The last working day in time, for a file complete on each working day."""
        length = timedelta(days=self.target_days)
        return [self.horizon.last_until(day + length) for day in self.horizon.days]

    def late_runs(self, place: int, by: int) -> int:
        """Return in how many runs a place is not reached by a day; -1 is before all days."""
        return len(self.runs) if by < 0 else self.curves_at(place).runs_without(place, by)

    def late_in_line(self, percent: int) -> int:
        """Return how many files in line are late at a percentile of the runs."""
        return sum(self._late(percent, by, at) for by, at in self.line_targets.places.items())

    def _late(self, percent: int, by: int, places: Sequence[int]) -> int:
        if by < 0:
            return len(places)
        split = bisect_right(places, self.unhindered)
        first = bisect_right(places, self._all_decided.places_by(by, percent), hi=split)
        behind = bisect_right(places, self._line_decided.places_by(by, percent), lo=split)
        return split - first + len(places) - behind

    def days_left(self, paused: OpenFile) -> int:
        """Return the calendar days of its target that a paused file had left."""
        if paused.due_on is None or paused.paused_on is None:
            return self.target_days
        return (paused.due_on - paused.paused_on).days

    def days_between(self, returns: int, reached: int) -> int:
        """Return calendar days between two working days; NEVER beyond the horizon."""
        first, last = self.horizon.date_of(returns), self.horizon.date_of(reached)
        return NEVER if first is None or last is None else (last - first).days

    def late_newcomers(self, joins: Numbers, reached: Numbers) -> int:
        """Return in how many runs a file is late, by its days of joining and decision."""
        in_time = [*self.targets, BEFORE_ALL]
        return sum(map(gt, reached, map(in_time.__getitem__, joins)))

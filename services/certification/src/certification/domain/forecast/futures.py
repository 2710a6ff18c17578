"""All runs of one staffing, with what is needed to read dates and targets from them."""

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
"""The target of what joins beyond the horizon: it counts as late."""
NEVER = 10**6
"""Days that no target allows: of a file that is not reached before the horizon's end."""


@dataclass(frozen=True)
class Futures:
    """The runs of one staffing; `target_days` are calendar days from completeness."""

    horizon: Horizon
    line_targets: LineTargets
    draws: Draws
    runs: Sequence[SimulationRun]
    target_days: int
    unhindered: int

    def curves_at(self, place: int) -> Curves:
        """The runs side by side, for a place in line.

        Files complete before every paused one have nobody come before them; to the others every
        paused file does, the cautious end for those with only some of the paused ahead.
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
        """The last working day in time for a file that is complete on each working day."""
        length = timedelta(days=self.target_days)
        return [self.horizon.last_until(day + length) for day in self.horizon.days]

    def late_runs(self, place: int, by: int) -> int:
        """In how many runs a place in line is not reached by a working day; -1 is before all."""
        return len(self.runs) if by < 0 else self.curves_at(place).runs_without(place, by)

    def late_in_line(self, percent: int) -> int:
        """How many files in line are late at a percentile of the runs."""
        return sum(self._late(percent, by, at) for by, at in self.line_targets.places.items())

    def _late(self, percent: int, by: int, places: Sequence[int]) -> int:
        if by < 0:
            return len(places)
        split = bisect_right(places, self.unhindered)
        first = bisect_right(places, self._all_decided.places_by(by, percent), hi=split)
        behind = bisect_right(places, self._line_decided.places_by(by, percent), lo=split)
        return split - first + len(places) - behind

    def days_left(self, paused: OpenFile) -> int:
        """How many calendar days of its target a paused file had left when the clock stood."""
        if paused.due_on is None or paused.paused_on is None:
            return self.target_days
        return (paused.due_on - paused.paused_on).days

    def days_between(self, returns: int, reached: int) -> int:
        """Calendar days from one working day to another; a target allows none so many: NEVER."""
        first, last = self.horizon.date_of(returns), self.horizon.date_of(reached)
        return NEVER if first is None or last is None else (last - first).days

    def late_newcomers(self, joins: Numbers, reached: Numbers) -> int:
        """In how many runs a file passes its target, by the days it joins on and is reached on."""
        in_time = [*self.targets, BEFORE_ALL]
        return sum(map(gt, reached, map(in_time.__getitem__, joins)))

"""Percentiles over all runs: the day by which each place in line is reached.

A place is reached on the day by which that many of the line are decided. Each day's totals are
sorted once, so that every place is one binary search.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from certification.domain.forecast.draws import Numbers

EARLY, MIDDLE, LATE = 10, 50, 90
"""The percentiles of a range: 9 of 10 runs reach the application by its latest date."""


class ShareOfRuns(NamedTuple):
    """Indexes of the first working day by which 10, 50 and 90 percent of runs are there."""

    earliest: int
    median: int
    latest: int


class Curves:
    """The totals of all runs per working day; a day is sorted only when needed."""

    def __init__(self, runs: Sequence[Numbers]) -> None:
        self._days = list(zip(*runs, strict=True))
        self._runs = len(runs)
        self._sorted: dict[int, list[int]] = {}

    def span(self, place: int) -> ShareOfRuns:
        """Return when a place is reached; the number of days if beyond the horizon."""
        return ShareOfRuns(
            bisect_left(self._early, place),
            bisect_left(self._middle, place),
            bisect_left(self._late, place),
        )

    def runs_without(self, place: int, by: int) -> int:
        """Return in how many runs a place is not reached by a day, which is not negative."""
        return bisect_left(self._totals(by), place)

    def places_by(self, by: int, percent: int) -> int:
        """Return how many places are reached by a day in that share of the runs."""
        return self._totals(by)[self._runs - rank_of(percent, self._runs)]

    def _totals(self, by: int) -> list[int]:
        if by not in self._sorted:
            self._sorted[by] = sorted(self._days[by])
        return self._sorted[by]

    @cached_property
    def _early(self) -> Sequence[int]:
        return self._along_days(EARLY)

    @cached_property
    def _middle(self) -> Sequence[int]:
        return self._along_days(MIDDLE)

    @cached_property
    def _late(self) -> Sequence[int]:
        return self._along_days(LATE)

    def _along_days(self, percent: int) -> Sequence[int]:
        return [self.places_by(day, percent) for day in range(len(self._days))]


def span_of(reached: Sequence[int]) -> ShareOfRuns:
    """Return the percentiles of one number per run."""
    ordered = sorted(reached)
    early, middle, late = (
        ordered[rank_of(percent, len(ordered)) - 1] for percent in (EARLY, MIDDLE, LATE)
    )
    return ShareOfRuns(early, middle, late)


def rank_of(percent: int, count: int) -> int:
    """Return that percentage of a count, rounded up."""
    return -(-count * percent // 100)

"""The runs side by side: by which day a place in line is reached in how many of them.

A place is reached by a day when that many of the line are decided. So each day's totals are
sorted once, and every place is then a search in them, however many files there are.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from certification.domain.forecast.draws import Numbers

EARLY, MIDDLE, LATE = 10, 50, 90
"""The percentiles of a range: nine runs in ten reach the file by its latest date."""


class ShareOfRuns(NamedTuple):
    """Numbers of working days; each the first by which that share of the runs is there."""

    earliest: int
    median: int
    latest: int


class Curves:
    """Per working day the totals of all runs; what is not asked of a day is not sorted."""

    def __init__(self, runs: Sequence[Numbers]) -> None:
        self._days = list(zip(*runs, strict=True))
        self._runs = len(runs)
        self._sorted: dict[int, list[int]] = {}

    def span(self, place: int) -> ShareOfRuns:
        """When a place is reached; beyond the horizon: the number of days there are."""
        return ShareOfRuns(
            bisect_left(self._early, place),
            bisect_left(self._middle, place),
            bisect_left(self._late, place),
        )

    def runs_without(self, place: int, by: int) -> int:
        """In how many runs the place is not reached by the day of that number, never below 0."""
        return bisect_left(self._totals(by), place)

    def places_by(self, by: int, percent: int) -> int:
        """How many places are reached by a day in that share of the runs."""
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
    """The range of one number per run."""
    ordered = sorted(reached)
    early, middle, late = (
        ordered[rank_of(percent, len(ordered)) - 1] for percent in (EARLY, MIDDLE, LATE)
    )
    return ShareOfRuns(early, middle, late)


def rank_of(percent: int, count: int) -> int:
    """How many of so many are at least that percentage."""
    return -(-count * percent // 100)

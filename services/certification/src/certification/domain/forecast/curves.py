"""The runs side by side: by which day a place in line is reached in how many of them.

A place is reached by a day when that many of the line are decided. So each day's totals are
sorted once, and every place is then a search in them, however many files there are.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from certification.domain.forecast.draws import Numbers

EARLY, MIDDLE, LATE = 10, 50, 90
"""The percentiles of a range: nine runs in ten reach the file by its latest date."""


class Span(NamedTuple):
    """Numbers of working days; each the first by which that share of the runs is there."""

    earliest: int
    median: int
    latest: int


@dataclass(frozen=True)
class Curves:
    """Per working day the sorted totals of all runs, and the three percentiles along the days."""

    totals: Sequence[Sequence[int]]
    early: Sequence[int]
    middle: Sequence[int]
    late: Sequence[int]

    def span(self, place: int) -> Span:
        """When a place is reached; beyond the horizon: the number of days there are."""
        return Span(
            bisect_left(self.early, place),
            bisect_left(self.middle, place),
            bisect_left(self.late, place),
        )

    def runs_without(self, place: int, by: int) -> int:
        """In how many runs the place is not reached by the day of that number, never below 0."""
        return bisect_left(self.totals[by], place)


def curves_of(runs: Sequence[Numbers]) -> Curves:
    """Sort each day's totals over the runs."""
    totals = [sorted(each) for each in zip(*runs, strict=True)]
    count = len(runs)
    early, middle, late = (
        [each[count - rank_of(percent, count)] for each in totals]
        for percent in (EARLY, MIDDLE, LATE)
    )
    return Curves(totals, early, middle, late)


def span_of(reached: Sequence[int]) -> Span:
    """The range of one number per run."""
    ordered = sorted(reached)
    early, middle, late = (
        ordered[rank_of(percent, len(ordered)) - 1] for percent in (EARLY, MIDDLE, LATE)
    )
    return Span(early, middle, late)


def rank_of(percent: int, count: int) -> int:
    """How many of so many are at least that percentage."""
    return -(-count * percent // 100)

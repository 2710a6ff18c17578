"""What is said of one open file: a range of dates, and in how many runs it passes its target."""

from datetime import date
from typing import NamedTuple

from certification.domain.forecast.curves import ShareOfRuns, rank_of
from certification.domain.forecast.horizon import Horizon
from certification.domain.forecast.open_files import OpenFile


class DateRange(NamedTuple):
    """By when it is reached in 1 run of 10, in half, in 9 of 10; None: beyond the horizon."""

    earliest: date | None
    median: date | None
    latest: date | None


class Prospect(NamedTuple):
    """One open file; without a range, too few waits like its own were observed to the end.

    `place` is of those in line alone, as the queue counts them. `target_on` is not known of paused
    and not complete files: it moves with the day on which they are back or complete.
    `late_runs` of the runs reach it after its target, or not before the horizon's end.
    """

    file: OpenFile
    place: int | None = None
    reached: DateRange | None = None
    target_on: date | None = None
    late_runs: int | None = None

    def is_late_at(self, percent: int, runs: int) -> bool:
        """Whether the date at that percentile of the range is after the target."""
        return self.late_runs is not None and runs - self.late_runs < rank_of(percent, runs)


def dates_of(span: ShareOfRuns, horizon: Horizon) -> DateRange:
    """Say a range of working days as dates."""
    earliest, median, latest = span
    return DateRange(horizon.date_of(earliest), horizon.date_of(median), horizon.date_of(latest))

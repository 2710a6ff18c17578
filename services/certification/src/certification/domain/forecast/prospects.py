"""The forecast for one open file: a range of dates, and in how many runs it is late."""

from datetime import date
from typing import NamedTuple

from certification.domain.forecast.curves import ShareOfRuns, rank_of
from certification.domain.forecast.horizon import Horizon
from certification.domain.forecast.open_files import OpenFile


class DateRange(NamedTuple):
    """The dates by which 1 of 10, half, and 9 of 10 runs decide it; None beyond the horizon."""

    earliest: date | None
    median: date | None
    latest: date | None


class Prospect(NamedTuple):
    """One open file; `reached` is None if too few comparable waits were observed.

    `place` counts the files in line, as the queue does. `target_on` is None for paused and
    incomplete files, whose target depends on when they return or are complete. `late_runs` counts
    the runs that decide it after its target or not within the horizon.
    """

    file: OpenFile
    place: int | None = None
    reached: DateRange | None = None
    target_on: date | None = None
    late_runs: int | None = None

    def is_late_at(self, percent: int, runs: int) -> bool:
        """Whether the date at that percentile is after the target."""
        return self.late_runs is not None and runs - self.late_runs < rank_of(percent, runs)


def dates_of(span: ShareOfRuns, horizon: Horizon) -> DateRange:
    """Return a range of working days as dates."""
    earliest, median, latest = span
    return DateRange(horizon.date_of(earliest), horizon.date_of(median), horizon.date_of(latest))

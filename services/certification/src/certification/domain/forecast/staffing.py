"""The result of a number of reviewers: late files, and missing reviewer days."""

from collections.abc import Sequence
from dataclasses import dataclass

from certification.domain.forecast.curves import LATE, MIDDLE, rank_of
from certification.domain.forecast.futures import Futures
from certification.domain.forecast.observed import Observed
from certification.domain.forecast.open_files import Line
from certification.domain.forecast.reaching import late_out_of_line
from certification.domain.forecast.simulation import SimulationRun


@dataclass(frozen=True)
class Outlook:
    """The result for one number of reviewers, at the median and for 9 of 10 runs.

    The extra reviewer days are the fewest that bring in time every file that still can be. Files
    without a working day before their target are left out.
    """

    reviewers: int
    late_at_median: int
    late_cautiously: int
    extra_days_at_median: int
    extra_days_cautiously: int


def outlook(reviewers: int, observed: Observed, line: Line, futures: Futures) -> Outlook:
    """Count the late files, and the extra reviewer days needed."""
    count = len(futures.runs)
    others = list(late_out_of_line(line, futures))
    lacking = sorted(shortages(line, futures))
    median, cautious = (lacking[rank_of(percent, count) - 1] for percent in (MIDDLE, LATE))

    def late_at(percent: int) -> int:
        late = sum(files for runs, files in others if count - runs < rank_of(percent, count))
        return futures.late_in_line(percent) + late

    return Outlook(
        reviewers=reviewers,
        late_at_median=late_at(MIDDLE),
        late_cautiously=late_at(LATE),
        extra_days_at_median=_reviewer_days(median, observed),
        extra_days_cautiously=_reviewer_days(cautious, observed),
    )


def shortages(line: Line, futures: Futures) -> list[int]:
    """Return how many decisions each run lacks, at the target where it lacks most."""
    needed = futures.line_targets.needed
    lacking = [_most_lacking(run, needed, line.unhindered) for run in futures.runs]
    joining = zip(*futures.draws.completing.values(), strict=True)
    for number, (run, joins) in enumerate(zip(futures.runs, joining, strict=False)):
        of_newcomers = run.lacking(futures.targets)
        lacking[number] = max(lacking[number], *map(of_newcomers.__getitem__, joins))
    return lacking


def _most_lacking(run: SimulationRun, needed: Sequence[tuple[int, int]], unhindered: int) -> int:
    lacks = [
        place - (run.decided if place <= unhindered else run.of_line)[by] for by, place in needed
    ]
    return max([0, *lacks])


def _reviewer_days(decisions: int, observed: Observed) -> int:
    """Return the reviewer days for so many decisions at the observed pace, rounded up."""
    return -(-decisions * observed.reviewer_days // observed.decisions)

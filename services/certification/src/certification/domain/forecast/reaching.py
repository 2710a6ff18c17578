"""The prospects of all open files: in line by place, paused by return, others by joining."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from certification.domain.forecast.curves import ShareOfRuns, span_of
from certification.domain.forecast.futures import Futures
from certification.domain.forecast.open_files import Line, OpenFile, PausedFile, Stage
from certification.domain.forecast.prospects import Prospect, dates_of


def prospects(line: Line, futures: Futures) -> Iterator[Prospect]:
    """Return them for every file: the line in order, then the paused, then the others."""
    yield from _in_line(line.in_line, futures)
    yield from _out_of_line(line, futures)


def late_out_of_line(line: Line, futures: Futures) -> Iterator[tuple[int, int]]:
    """Return in how many runs files outside the line are late, and how many files these are."""
    for paused_on, paused in line.paused.items():
        found = _paused(paused_on, paused, futures)
        yield from ((each.late_runs, 1) for each in found if each.late_runs is not None)
    for received_on, files in line.not_complete.items():
        if newcomer := _newcomer(received_on, futures):
            yield newcomer.late_runs, len(files)


def _out_of_line(line: Line, futures: Futures) -> Iterator[Prospect]:
    for paused_on, paused in line.paused.items():
        yield from _paused(paused_on, paused, futures)
    for received_on, files in line.not_complete.items():
        yield from _not_complete(received_on, files, futures)


def _in_line(files: Sequence[OpenFile], futures: Futures) -> Iterator[Prospect]:
    place = 0
    for file, (turn, target) in zip(files, futures.line_targets.by_place(), strict=True):
        on, late = (target.on, futures.late_runs(turn, target.by)) if target else (None, None)
        reached = futures.curves_at(turn).span(turn)
        is_in_line = file.stage is Stage.IN_LINE
        place += is_in_line
        dates = dates_of(reached, futures.horizon)
        yield Prospect(file, place if is_in_line else None, dates, on, late)


def _paused(paused_on: date, files: Sequence[PausedFile], futures: Futures) -> Iterator[Prospect]:
    """Return the prospects of paused files.

    They return before the line, but not before those that were complete before them.
    """
    returns = futures.draws.returning.get(paused_on)
    if returns is None:
        yield from (Prospect(each.file) for each in files)
        return
    reached = [run.reaches_returned(on) for run, on in zip(futures.runs, returns, strict=True)]
    back, span = span_of(returns), span_of(reached)
    taken = sorted(map(futures.days_between, returns, reached))
    for each in files:
        left = futures.days_left(each.file)
        late = len(taken) - bisect_right(taken, left)
        if (on := futures.horizon.date_of(back.median)) is not None:
            by = futures.horizon.last_until(on + timedelta(days=left))
            late = max(late, futures.late_runs(each.ahead, by))
        own = futures.curves_at(each.ahead).span(each.ahead)
        whole = ShareOfRuns(*map(max, span, own))
        dates = dates_of(whole, futures.horizon)
        yield Prospect(each.file, None, dates, None, late)


def _not_complete(
    received_on: date, files: Sequence[OpenFile], futures: Futures
) -> Iterator[Prospect]:
    newcomer = _newcomer(received_on, futures)
    if newcomer is None:
        yield from (Prospect(file) for file in files)
        return
    dates = dates_of(span_of(newcomer.reached), futures.horizon)
    yield from (Prospect(file, None, dates, None, newcomer.late_runs) for file in files)


class _Newcomer(NamedTuple):
    reached: Sequence[int]
    late_runs: int


def _newcomer(received_on: date, futures: Futures) -> _Newcomer | None:
    """Return the prospects shared by all files received on one day; None if unknown."""
    joins = futures.draws.completing.get(received_on)
    if joins is None:
        return None
    reached = [run.reached[on] for run, on in zip(futures.runs, joins, strict=True)]
    return _Newcomer(reached, futures.late_newcomers(joins, reached))

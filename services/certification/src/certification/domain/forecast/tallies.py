"""Counts of past work from the records: one row of numbers per working day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from certification.domain.forecast.observed import Observed, ObservedDay
from certification.domain.forecast.window import Window

GONE_AFTER = 10
"""Working days without work after which a reviewer counts as absent since then."""


class Completed(NamedTuple):
    """The number of files received on one day that were first complete on another day."""

    on: date
    received_on: date
    files: int


class Worked(NamedTuple):
    """One reviewer's work on one day; being assigned files counts as work."""

    on: date
    reviewer: str
    decided: int


class Answered(NamedTuple):
    """An answer to a notice on a complete file: its day, and the days it took."""

    on: date
    days: int


@dataclass(frozen=True)
class Tallies:
    """The records since the first day of the window."""

    completed: Sequence[Completed] = ()
    worked: Sequence[Worked] = ()
    answered: Sequence[Answered] = ()


def observed_in(window: Window, tallies: Tallies) -> Observed:
    """Count the records for each day of the window, and for today."""
    completions: Counter[date] = Counter()
    delays: list[int] = []
    for each in tallies.completed:
        if day := window.day_of(each.on):
            completions[day] += each.files
            delays += [(each.on - each.received_on).days] * each.files
    decisions: Counter[tuple[date, str]] = Counter()
    for work in tallies.worked:
        if day := window.day_of(work.on):
            decisions[day, work.reviewer] += work.decided
    present = _present(window, tallies.worked)
    return Observed(
        days=tuple(
            ObservedDay(
                day,
                completions[day],
                tuple(decisions[day, reviewer] for reviewer in sorted(present[day])),
            )
            for day in window.days
        ),
        completion_delays=tuple(sorted(delays)),
        answer_delays=tuple(
            sorted(each.days for each in tallies.answered if window.day_of(each.on))
        ),
        completions_today=completions[window.today],
        decisions_today=sum(n for (day, _), n in decisions.items() if day == window.today),
    )


def _present(window: Window, worked: Sequence[Worked]) -> dict[date, set[str]]:
    """Return the reviewers present on each day: from their first work to their last."""
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    for work in worked:
        first[work.reviewer] = min(work.on, first.get(work.reviewer, work.on))
        last[work.reviewer] = max(work.on, last.get(work.reviewer, work.on))
    recent = window.days[-GONE_AFTER:][0] if window.days else window.today
    return {
        day: {
            reviewer
            for reviewer in first
            if first[reviewer] <= day and (day <= last[reviewer] or recent <= last[reviewer])
        }
        for day in window.days
    }

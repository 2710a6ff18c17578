"""Target days of the files in line: computed once for every number of reviewers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from certification.domain.forecast.horizon import Horizon
from certification.domain.forecast.open_files import OpenFile
from shared.clock import california_date


class Target(NamedTuple):
    """A target day, and the index of the last working day in time; -1 if there is none."""

    on: date
    by: int


@dataclass(frozen=True)
class LineTargets:
    """The targets in the order of the line; None for a file without one."""

    in_order: Sequence[Target | None]

    def by_place(self) -> Iterator[tuple[int, Target | None]]:
        """Return each target with its place, counted from 1."""
        return enumerate(self.in_order, start=1)

    @cached_property
    def places(self) -> Mapping[int, Sequence[int]]:
        """The places to be decided by each working day, in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for place, target in self.by_place():
            if target is not None:
                found[target.by].append(place)
        return found

    @cached_property
    def needed(self) -> Sequence[tuple[int, int]]:
        """How much of the line must be decided, by working day."""
        return sorted((by, places[-1]) for by, places in self.places.items() if by >= 0)


def line_targets(files: Sequence[OpenFile], horizon: Horizon, target_days: int) -> LineTargets:
    """Return the ledger's targets, else calendar days from the complete date."""
    numbered: dict[date, Target] = {}
    in_order: list[Target | None] = []
    for file in files:
        on = _target_on(file, target_days)
        if on is not None and on not in numbered:
            numbered[on] = Target(on, horizon.last_until(on))
        in_order.append(numbered[on] if on else None)
    return LineTargets(in_order)


def _target_on(file: OpenFile, target_days: int) -> date | None:
    if file.due_on is not None or file.completed_at is None:
        return file.due_on
    return california_date(file.completed_at) + timedelta(days=target_days)

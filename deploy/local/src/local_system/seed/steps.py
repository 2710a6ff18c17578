"""The steps of all planned applications, in chronological order.

Events are numbered in the order in which they are published. If each application were played to its
end, a decision of June could come before an application of May.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from local_system.seed.plan import File, PlannedEnding

REVIEW_TAKES = timedelta(days=2)


class Act(StrEnum):
    """What happens to an application."""

    RECEIVED = "received"
    NOTICED = "noticed"
    COMPLETED = "completed"
    REVIEWED = "reviewed"
    DECIDED = "decided"


HOURS = {
    Act.RECEIVED: 9,
    Act.NOTICED: 10,
    Act.COMPLETED: 11,
    Act.REVIEWED: 13,
    Act.DECIDED: 15,
}
"""The hour in California, which sets the order of acts on one day."""


@dataclass(frozen=True)
class PlannedStep:
    """An act on an application, which is given by its place in the plan, counted from 1."""

    day: date
    act: Act
    number: int
    file: File

    @property
    def at(self) -> str:
        """The time in California, for example `2026-11-20 09:00`."""
        return f"{self.day.isoformat()} {HOURS[self.act]:02d}:00"


def steps_of(files: Sequence[File]) -> list[PlannedStep]:
    """Every step of every application, the earliest first."""
    found = [step for number, file in enumerate(files, start=1) for step in _steps(number, file)]
    return sorted(found, key=lambda step: (step.at, step.number))


def _steps(number: int, file: File) -> Iterator[PlannedStep]:
    yield PlannedStep(file.received_on, Act.RECEIVED, number, file)
    if file.noticed_on is not None and file.ending is not PlannedEnding.DRAFT:
        yield PlannedStep(file.noticed_on, Act.NOTICED, number, file)
    if file.completed_on is None:
        return
    yield PlannedStep(file.completed_on, Act.COMPLETED, number, file)
    if file.ending is PlannedEnding.IN_LINE:
        return
    begun_on = (file.ended_on or file.completed_on) - REVIEW_TAKES
    yield PlannedStep(max(begun_on, file.completed_on), Act.REVIEWED, number, file)
    if file.ended_on is not None:
        yield PlannedStep(file.ended_on, Act.DECIDED, number, file)

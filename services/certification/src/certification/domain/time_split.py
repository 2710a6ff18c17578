"""Where a file's time went: waiting on its applicant, being checked, in line, in review.

Counted from the moves alone, so that what a file says of itself and what a report says of many is
the same sum. Time is in seconds here; answers say days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from certification.domain.application_moves import ApplicationState

SECONDS_PER_DAY = 86_400


class FileStep(StrEnum):
    """What a file's time may be spent on."""

    WAITING_ON_APPLICANT = "waiting-on-applicant"
    BEING_CHECKED = "being-checked"
    IN_LINE = "in-line"
    IN_REVIEW = "in-review"


STEPS: Mapping[ApplicationState, FileStep] = {
    ApplicationState.SUBMITTED: FileStep.BEING_CHECKED,
    ApplicationState.INCOMPLETE: FileStep.BEING_CHECKED,
    ApplicationState.WAITING_ON_APPLICANT: FileStep.WAITING_ON_APPLICANT,
    ApplicationState.COMPLETE: FileStep.IN_LINE,
    ApplicationState.IN_REVIEW: FileStep.IN_REVIEW,
}
"""What each state's time counts as; a draft's and a decided file's counts as nothing."""


@dataclass(frozen=True)
class Moved:
    """That a file came into a state, and when."""

    at: datetime
    to_state: ApplicationState


def time_split(moves: Sequence[Moved], now: datetime) -> dict[FileStep, float]:
    """Seconds spent on each step, until now for the last state; moves come in their order."""
    spent = dict.fromkeys(FileStep, 0.0)
    until_now = [*moves, Moved(now, ApplicationState.DECIDED)] if moves else []
    for one, following in pairwise(until_now):
        step = STEPS.get(one.to_state)
        if step is not None:
            spent[step] += (following.at - one.at).total_seconds()
    return spent


def days(seconds: float) -> float:
    """Days, to a tenth."""
    return round(seconds / SECONDS_PER_DAY, 1)

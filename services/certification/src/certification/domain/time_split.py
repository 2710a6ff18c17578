"""Where an application's time went: with the applicant, being checked, in the queue, in review.

It is computed from the moves alone, for a single application and for reports alike. Values are in
seconds here; answers contain days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from certification.domain.application_moves import ApplicationState

SECONDS_PER_DAY = 86_400


class FileStep(StrEnum):
    """The step on which an application's time is spent."""

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
"""The step of each state; drafts and decided applications count for no step."""


@dataclass(frozen=True)
class Moved:
    """The state an application moved to, and when."""

    at: datetime
    to_state: ApplicationState


def time_split(moves: Sequence[Moved], now: datetime) -> dict[FileStep, float]:
    """Return the seconds spent on each step until now; the moves are in order."""
    spent = dict.fromkeys(FileStep, 0.0)
    until_now = [*moves, Moved(now, ApplicationState.DECIDED)] if moves else []
    for one, following in pairwise(until_now):
        step = STEPS.get(one.to_state)
        if step is not None:
            spent[step] += (following.at - one.at).total_seconds()
    return spent


def days(seconds: float) -> float:
    """Return seconds as days, rounded to a tenth."""
    return round(seconds / SECONDS_PER_DAY, 1)

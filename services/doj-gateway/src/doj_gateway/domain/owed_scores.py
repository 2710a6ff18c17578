"""A score that is owed to DOJ, the facts that started the duty, and who decides when it is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from doj_gateway.domain.scores import Assessment
from shared.law.counting.facts import Fact


class Forwarding(StrEnum):
    """Whether the gateway sends a score at once or only after the owner releases it."""

    AT_ONCE = "at-once"
    BY_THE_OWNER = "by-the-owner"


@dataclass(frozen=True)
class ScoreReceipt:
    """The officer's receipt of the score."""

    id: UUID
    received_at: datetime


@dataclass(frozen=True)
class OwedScore:
    """A score that is owed, with the agency and the time of the event that started the duty."""

    assessment: Assessment
    agency: str
    announced_at: datetime
    receipt: ScoreReceipt | None


def assessed(assessment: Assessment) -> Fact:
    """Return the fact that it was scored, on the day of scoring."""
    return Fact("assessment", assessment.assessed_on, str(assessment.id))

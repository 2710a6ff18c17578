"""What came of a call to DOJ, and what that makes of a submission.

`Unknown` is an outcome of its own: the form may have arrived, so DOJ is asked and nothing is
sent blindly. Only what DOJ says it does not have is sent again, the same bytes by the same
reference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from doj_gateway.domain.submissions import (
    Submission,
    SubmissionState,
    accepted,
    acknowledged,
    handed_back,
    in_vain,
    lost_sight_of,
    rejected,
)


@dataclass(frozen=True)
class Accepted:
    """DOJ has it and gave a receipt."""

    accepted_at: datetime
    receipt_number: str


@dataclass(frozen=True)
class Acknowledged:
    """DOJ has it and acknowledged it."""

    accepted_at: datetime
    receipt_number: str
    acknowledged_at: datetime


@dataclass(frozen=True)
class Rejected:
    """DOJ refused it for good, by a code."""

    reason_code: str


@dataclass(frozen=True)
class NotThere:
    """DOJ does not have it: it never left here, was not taken, or DOJ says so when asked."""

    reason_code: str


@dataclass(frozen=True)
class Unknown:
    """No answer that says whether DOJ has it."""

    reason_code: str


Outcome = Accepted | Acknowledged | Rejected | NotThere | Unknown

_UNDECIDED = frozenset({SubmissionState.SENDING, SubmissionState.UNKNOWN})


def follow(submission: Submission, outcome: Outcome, now: datetime) -> Sequence[Submission]:
    """Return the submission after each move that the outcome brings; the last one stands.

    An acknowledgment that comes before we knew of the acceptance brings two moves.
    """
    if isinstance(outcome, Rejected):
        return [rejected(submission, now, outcome.reason_code)]
    if isinstance(outcome, Unknown | NotThere):
        return [_not_decided(submission, outcome)]
    moved = []
    if submission.state in _UNDECIDED:
        moved.append(accepted(submission, outcome.accepted_at, outcome.receipt_number))
    if isinstance(outcome, Acknowledged):
        stands = moved[-1] if moved else submission
        moved.append(acknowledged(stands, outcome.acknowledged_at))
    return moved or [in_vain(submission)]


def _not_decided(submission: Submission, outcome: Unknown | NotThere) -> Submission:
    """A receipt once given stands, even where DOJ no longer finds what it was for."""
    if submission.state not in _UNDECIDED:
        return in_vain(submission)
    if isinstance(outcome, NotThere):
        return handed_back(submission)
    if submission.state == SubmissionState.SENDING:
        return lost_sight_of(submission)
    return in_vain(submission)

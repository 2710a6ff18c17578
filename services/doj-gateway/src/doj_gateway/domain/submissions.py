"""One score on its way to DOJ: its states, and the moves between them.

A submission is `sending` exactly while an attempt stands recorded without an outcome; found so
by another sender, nobody knows whether it arrived. A move that is not in the table raises.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError


class SubmissionState(StrEnum):
    """Where a submission stands."""

    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"


class SubmissionMove(StrEnum):
    """What may happen to a submission after it was queued."""

    ATTEMPT = "attempt"
    HAND_BACK = "hand back"
    LOSE_SIGHT = "lose sight"
    ACCEPT = "accept"
    ACKNOWLEDGE = "acknowledge"
    REJECT = "reject"


_S = SubmissionState
MOVES: Mapping[SubmissionMove, tuple[frozenset[SubmissionState], SubmissionState]] = {
    SubmissionMove.ATTEMPT: (frozenset({_S.QUEUED}), _S.SENDING),
    SubmissionMove.HAND_BACK: (frozenset({_S.SENDING, _S.UNKNOWN}), _S.QUEUED),
    SubmissionMove.LOSE_SIGHT: (frozenset({_S.SENDING}), _S.UNKNOWN),
    SubmissionMove.ACCEPT: (frozenset({_S.SENDING, _S.UNKNOWN}), _S.SENT),
    SubmissionMove.ACKNOWLEDGE: (frozenset({_S.SENT}), _S.ACKNOWLEDGED),
    SubmissionMove.REJECT: (frozenset({_S.SENDING, _S.UNKNOWN, _S.SENT}), _S.REJECTED),
}
"""From which states each move may start, and where it leads."""

FINAL = frozenset({_S.ACKNOWLEDGED, _S.REJECTED})
"""States in which nothing more is done by itself."""


@dataclass(frozen=True)
class Submission:
    """What is to reach DOJ, and what DOJ said of it; the form itself is kept sealed elsewhere.

    `tries` counts the steps in vain since the last that brought it on.
    """

    id: UUID
    assessment_id: UUID
    version: int
    case_id: UUID
    instrument: str
    assessed_on: date
    agency: str
    provider_id: UUID
    program_id: UUID | None
    reference: str
    state: SubmissionState
    score_receipt_id: UUID | None
    received_at: datetime | None
    due_at: datetime
    queued_at: datetime
    correlation_id: UUID
    content_hash: str | None = None
    accepted_at: datetime | None = None
    receipt_number: str | None = None
    acknowledged_at: datetime | None = None
    rejected_at: datetime | None = None
    reason_code: str | None = None
    tries: int = 0
    revision: int = 1


def attempted(submission: Submission) -> Submission:
    """An attempt is about to be made; it is recorded before the call."""
    return _moving(submission, SubmissionMove.ATTEMPT)


def handed_back(submission: Submission) -> Submission:
    """DOJ does not have it: it waits to be sent again."""
    moved = _moving(submission, SubmissionMove.HAND_BACK)
    return replace(moved, tries=submission.tries + 1)


def lost_sight_of(submission: Submission) -> Submission:
    """Whether it arrived is not known."""
    return _moving(submission, SubmissionMove.LOSE_SIGHT)


def accepted(submission: Submission, at: datetime, receipt_number: str) -> Submission:
    """DOJ accepted it, at DOJ's own time."""
    moved = _moving(submission, SubmissionMove.ACCEPT)
    return replace(moved, accepted_at=at, receipt_number=receipt_number, tries=0)


def acknowledged(submission: Submission, at: datetime) -> Submission:
    """DOJ acknowledged it, at DOJ's own time."""
    moved = _moving(submission, SubmissionMove.ACKNOWLEDGE)
    return replace(moved, acknowledged_at=at, tries=0)


def rejected(submission: Submission, at: datetime, reason_code: str) -> Submission:
    """DOJ refused it; what is owed, and by when, stays as it was."""
    moved = _moving(submission, SubmissionMove.REJECT)
    return replace(moved, rejected_at=at, reason_code=reason_code, tries=0)


def in_vain(submission: Submission) -> Submission:
    """Nothing came of a step; the state stays."""
    return replace(submission, tries=submission.tries + 1)


def _moving(submission: Submission, move: SubmissionMove) -> Submission:
    starts, leads_to = MOVES[move]
    if submission.state not in starts:
        raise ConflictError(
            f"a submission that is {submission.state} cannot {move}", code="submission-state"
        )
    return replace(submission, state=leads_to, revision=submission.revision + 1)

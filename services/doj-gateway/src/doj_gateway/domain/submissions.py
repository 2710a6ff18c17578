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

FIRST_ROUND = 1


class SubmissionState(StrEnum):
    """Where a submission stands."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    DIFFERS = "differs"
    REJECTED = "rejected"


class SubmissionMove(StrEnum):
    """What may happen to a submission after it was made."""

    RELEASE = "be released"
    ATTEMPT = "be attempted"
    HAND_BACK = "be handed back"
    LOSE_SIGHT = "be lost sight of"
    ACCEPT = "be accepted"
    ACKNOWLEDGE = "be acknowledged"
    DIFFER = "be found to differ"
    REJECT = "be rejected"


_S = SubmissionState
MOVES: Mapping[SubmissionMove, tuple[frozenset[SubmissionState], SubmissionState]] = {
    SubmissionMove.RELEASE: (frozenset({_S.HELD}), _S.QUEUED),
    SubmissionMove.ATTEMPT: (frozenset({_S.QUEUED}), _S.SENDING),
    SubmissionMove.HAND_BACK: (frozenset({_S.SENDING, _S.UNKNOWN}), _S.QUEUED),
    SubmissionMove.LOSE_SIGHT: (frozenset({_S.SENDING}), _S.UNKNOWN),
    SubmissionMove.ACCEPT: (
        frozenset({_S.QUEUED, _S.SENDING, _S.UNKNOWN, _S.DIFFERS}),
        _S.SENT,
    ),
    SubmissionMove.ACKNOWLEDGE: (frozenset({_S.SENT}), _S.ACKNOWLEDGED),
    SubmissionMove.DIFFER: (frozenset({_S.SENDING, _S.UNKNOWN}), _S.DIFFERS),
    SubmissionMove.REJECT: (
        frozenset({_S.QUEUED, _S.SENDING, _S.UNKNOWN, _S.SENT, _S.ACKNOWLEDGED}),
        _S.REJECTED,
    ),
}
"""From which states each move may start, and where it leads."""

RESTING = frozenset({_S.HELD, _S.DIFFERS, _S.REJECTED})
"""States in which nothing is done until a person decides."""

SENT_AGAIN = frozenset({_S.DIFFERS, _S.REJECTED})
"""States after which the score may be sent anew, under a reference of the next round."""


@dataclass(frozen=True)
class Submission:
    """What is to reach DOJ, and what DOJ said of it; the form itself is kept sealed elsewhere.

    `tries` counts the steps in vain since the last that brought it on. Since DOJ last said where it
    stands, `doubted` counts the answers that DOJ never promised, `failed` the steps that failed
    here: for a reason that nobody foresaw, or since one of our services refuses its part.

    `sent_on` is the day that the form states: that of the fact which queued it, so that a form
    filled in anew says the same. A round is one way of a score to DOJ under one reference; a
    repaired form begins the next.
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
    queued_at: datetime
    sent_on: date
    correlation_id: UUID
    round: int = FIRST_ROUND
    replaces_id: UUID | None = None
    released_at: datetime | None = None
    content_hash: str | None = None
    accepted_at: datetime | None = None
    receipt_number: str | None = None
    acknowledged_at: datetime | None = None
    rejected_at: datetime | None = None
    reason_code: str | None = None
    tries: int = 0
    doubted: int = 0
    failed: int = 0
    revision: int = 1


def released(submission: Submission, at: datetime, on: date) -> Submission:
    """Whoever owes the score lets it go to DOJ, on that day in California."""
    return replace(_moving(submission, SubmissionMove.RELEASE), released_at=at, sent_on=on)


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


def found_to_differ(submission: Submission, at: datetime, receipt_number: str) -> Submission:
    """DOJ holds another form under the reference; its receipt is kept for whoever decides."""
    moved = _moving(submission, SubmissionMove.DIFFER)
    return replace(moved, accepted_at=at, receipt_number=receipt_number, tries=0)


def rejected(submission: Submission, at: datetime, reason_code: str) -> Submission:
    """DOJ refused it; what is owed, and by when, stays as it was."""
    moved = _moving(submission, SubmissionMove.REJECT)
    return replace(moved, rejected_at=at, reason_code=reason_code, tries=0)


def in_vain(submission: Submission) -> Submission:
    """Nothing came of a step; the state stays."""
    return replace(submission, tries=submission.tries + 1)


def failing(submission: Submission) -> Submission:
    """A step failed here; the state stays."""
    return replace(in_vain(submission), failed=submission.failed + 1)


def _moving(submission: Submission, move: SubmissionMove) -> Submission:
    starts, leads_to = MOVES[move]
    if submission.state not in starts:
        raise ConflictError(
            f"a submission that is {submission.state} cannot {move}", code="submission-state"
        )
    return replace(submission, state=leads_to, revision=submission.revision + 1)

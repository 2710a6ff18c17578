"""One score on its way to DOJ: its states, and the moves between them.

A submission is `sending` while an attempt has no recorded outcome. If another sender finds it in
this state, it is not known whether the form arrived. A move that is not in the table raises.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError

FIRST_ROUND = 1


class SubmissionState(StrEnum):
    """State of a submission."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    DIFFERS = "differs"
    REJECTED = "rejected"


class SubmissionMove(StrEnum):
    """What may happen to a submission after it was created."""

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
"""The states in which each move may start, and the resulting state."""

RESTING = frozenset({_S.HELD, _S.DIFFERS, _S.REJECTED})
"""States in which nothing happens until someone decides."""

SENT_AGAIN = frozenset({_S.DIFFERS, _S.REJECTED})
"""States after which the score may be sent again, under the reference of the next round."""


@dataclass(frozen=True)
class Submission:
    """A score to submit and DOJ's answers. The form itself is stored encrypted elsewhere.

    `tries` counts steps without result since the last change of state. Since DOJ last gave a clear
    status, `doubted` counts answers that DOJ's interface does not define, and `failed` counts steps
    that failed here: unexpectedly, or because one of our services refused a request.

    `sent_on` is the day stated on the form: that of the event which queued it, or of its release.
    A form that is filled in again states the same day. A round is one reference at DOJ; a corrected
    form begins the next round.
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
    """Release a held submission. `on` is the day in California."""
    return replace(_moving(submission, SubmissionMove.RELEASE), released_at=at, sent_on=on)


def attempted(submission: Submission) -> Submission:
    """Mark that an attempt begins. It is recorded before the call."""
    return _moving(submission, SubmissionMove.ATTEMPT)


def handed_back(submission: Submission) -> Submission:
    """Return to the queue, because DOJ does not have the form."""
    moved = _moving(submission, SubmissionMove.HAND_BACK)
    return replace(moved, tries=submission.tries + 1)


def lost_sight_of(submission: Submission) -> Submission:
    """Mark that it is not known whether the form arrived."""
    return _moving(submission, SubmissionMove.LOSE_SIGHT)


def accepted(submission: Submission, at: datetime, receipt_number: str) -> Submission:
    """Mark that DOJ accepted the form, at DOJ's own time."""
    moved = _moving(submission, SubmissionMove.ACCEPT)
    return replace(moved, accepted_at=at, receipt_number=receipt_number, tries=0)


def acknowledged(submission: Submission, at: datetime) -> Submission:
    """Mark that DOJ acknowledged the form, at DOJ's own time."""
    moved = _moving(submission, SubmissionMove.ACKNOWLEDGE)
    return replace(moved, acknowledged_at=at, tries=0)


def found_to_differ(submission: Submission, at: datetime, receipt_number: str) -> Submission:
    """Mark that DOJ has a different form under the reference, with the receipt for it."""
    moved = _moving(submission, SubmissionMove.DIFFER)
    return replace(moved, accepted_at=at, receipt_number=receipt_number, tries=0)


def rejected(submission: Submission, at: datetime, reason_code: str) -> Submission:
    """Mark that DOJ rejected the form. The duty and its due date do not change."""
    moved = _moving(submission, SubmissionMove.REJECT)
    return replace(moved, rejected_at=at, reason_code=reason_code, tries=0)


def in_vain(submission: Submission) -> Submission:
    """Count a step without result. The state does not change."""
    return replace(submission, tries=submission.tries + 1)


def failing(submission: Submission) -> Submission:
    """Count a step that failed here. The state does not change."""
    return replace(in_vain(submission), failed=submission.failed + 1)


def _moving(submission: Submission, move: SubmissionMove) -> Submission:
    starts, leads_to = MOVES[move]
    if submission.state not in starts:
        raise ConflictError(
            f"a submission in state {submission.state} cannot {move}", code="submission-state"
        )
    return replace(submission, state=leads_to, revision=submission.revision + 1)

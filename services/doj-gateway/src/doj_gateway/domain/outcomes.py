"""Outcomes of a call to DOJ, and how they change a submission.

After `Unknown` the form may have arrived, so DOJ is asked before anything is sent again. Only a
form that DOJ says it does not have is sent again, with the same bytes and reference.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from doj_gateway.domain.submissions import (
    Submission,
    SubmissionState,
    accepted,
    acknowledged,
    found_to_differ,
    handed_back,
    in_vain,
    lost_sight_of,
    rejected,
)


@dataclass(frozen=True)
class Accepted:
    """DOJ has the form and gave a receipt.

    `content_hash` is the SHA-256 of DOJ's copy, as 64 lower-case hexadecimal digits. None if DOJ
    gives no hash or gives it in another format.
    """

    accepted_at: datetime
    receipt_number: str
    content_hash: str | None = None


@dataclass(frozen=True)
class Acknowledged:
    """DOJ has the form and acknowledged it."""

    accepted_at: datetime
    receipt_number: str
    acknowledged_at: datetime
    content_hash: str | None = None


@dataclass(frozen=True)
class Rejected:
    """DOJ rejected the form, with a reason code."""

    reason_code: str


@dataclass(frozen=True)
class _Undecided:
    """DOJ neither accepted nor rejected the form.

    `is_promised` is false if the answer is not one that DOJ's interface defines. `retry_after` is
    the delay that DOJ asks for; None if it asks for none.
    """

    reason_code: str
    is_promised: bool = True
    retry_after: timedelta | None = None


class NotThere(_Undecided):
    """DOJ does not have the form: it was not sent, not accepted, or DOJ says so when asked."""


class Unknown(_Undecided):
    """It is not known whether DOJ has the form."""


REFERENCE_TAKEN = "reference-taken"
"""DOJ already has a form under the reference, perhaps ours whose answer was lost."""

Receipt = Accepted | Acknowledged
Outcome = Receipt | Rejected | NotThere | Unknown

_S = SubmissionState
_NOT_YET_THERE = frozenset({_S.QUEUED, _S.SENDING, _S.UNKNOWN})
_ON_THE_WAY = frozenset({_S.SENDING, _S.UNKNOWN})
_GIVEN = frozenset({_S.SENT, _S.ACKNOWLEDGED})


def follow(submission: Submission, outcome: Outcome, now: datetime) -> Sequence[Submission]:
    """Return the submission after each move that follows from the outcome. The last is current.

    An acknowledgment gives two moves if the acceptance was not known before.
    """
    if isinstance(outcome, Rejected):
        return [rejected(submission, now, outcome.reason_code)]
    if isinstance(outcome, Unknown | NotThere):
        return [_not_decided(submission, outcome)]
    if submission.state in _ON_THE_WAY and _is_of_another_form(submission, outcome):
        return [found_to_differ(submission, outcome.accepted_at, outcome.receipt_number)]
    moved = []
    if submission.state in _NOT_YET_THERE:
        moved.append(accepted(submission, outcome.accepted_at, outcome.receipt_number))
    stands = moved[-1] if moved else submission
    if isinstance(outcome, Acknowledged) and stands.state is _S.SENT:
        moved.append(acknowledged(stands, outcome.acknowledged_at))
    return moved or [in_vain(submission)]


def is_promised(outcome: Outcome) -> bool:
    """Whether DOJ's interface defines such an answer. Any other answer raises an alarm."""
    return not isinstance(outcome, Unknown | NotThere) or outcome.is_promised


def counting_doubts(submission: Submission, outcome: Outcome) -> Submission:
    """Count answers that DOJ's interface does not define, until DOJ gives a clear status.

    The count does not change if DOJ is busy or does not have the form.
    """
    if isinstance(outcome, Accepted | Acknowledged | Rejected):
        return replace(submission, doubted=0, failed=0)
    if is_promised(outcome):
        return submission
    return replace(submission, doubted=submission.doubted + 1)


def contradiction(
    submission: Submission, outcome: Outcome, last_reason_code: str | None
) -> str | None:
    """Return a code if DOJ's answer contradicts an earlier one of DOJ; None if it does not.

    `last_reason_code` is the reason code of the last attempt to send the submission, or None.
    """
    if not isinstance(outcome, NotThere):
        return None
    if submission.state in _GIVEN:
        return "accepted-and-not-known"
    is_taken = submission.state is _S.UNKNOWN and last_reason_code == REFERENCE_TAKEN
    return "taken-and-not-known" if is_taken else None


def _is_of_another_form(submission: Submission, outcome: Receipt) -> bool:
    """Whether both content hashes are known and differ."""
    hashes = {submission.content_hash, outcome.content_hash}
    return None not in hashes and len(hashes) > 1


def _not_decided(submission: Submission, outcome: Unknown | NotThere) -> Submission:
    """Apply an undecided outcome. It does not undo a receipt that DOJ gave."""
    if submission.state not in _ON_THE_WAY:
        return in_vain(submission)
    if isinstance(outcome, NotThere):
        return handed_back(submission)
    if submission.state is _S.SENDING:
        return lost_sight_of(submission)
    return in_vain(submission)

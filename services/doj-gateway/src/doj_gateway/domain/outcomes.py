"""What came of a call to DOJ, and what that makes of a submission.

`Unknown` is an outcome of its own: the form may have arrived, so DOJ is asked and nothing is
sent blindly. Only what DOJ says it does not have is sent again, the same bytes by the same
reference.
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
    """DOJ has it and gave a receipt.

    `content_hash` is the SHA-256 of what DOJ has, as 64 small hexadecimal digits; None where DOJ
    tells none, or tells it in another form.
    """

    accepted_at: datetime
    receipt_number: str
    content_hash: str | None = None


@dataclass(frozen=True)
class Acknowledged:
    """DOJ has it and acknowledged it."""

    accepted_at: datetime
    receipt_number: str
    acknowledged_at: datetime
    content_hash: str | None = None


@dataclass(frozen=True)
class Rejected:
    """DOJ refused it for good, by a code."""

    reason_code: str


@dataclass(frozen=True)
class _Undecided:
    """Neither taken nor refused.

    `is_promised` is false where DOJ, or whoever answered in its place, said what DOJ never
    promised to say. `retry_after` is how long DOJ asks to be left alone.
    """

    reason_code: str
    is_promised: bool = True
    retry_after: timedelta | None = None


class NotThere(_Undecided):
    """DOJ does not have it: it never left here, was not taken, or DOJ says so when asked."""


class Unknown(_Undecided):
    """No answer that says whether DOJ has it."""


REFERENCE_TAKEN = "reference-taken"
"""DOJ has something under the reference: maybe ours, of an answer that was lost."""

Receipt = Accepted | Acknowledged
Outcome = Receipt | Rejected | NotThere | Unknown

_S = SubmissionState
_NOT_YET_THERE = frozenset({_S.QUEUED, _S.SENDING, _S.UNKNOWN})
_ON_THE_WAY = frozenset({_S.SENDING, _S.UNKNOWN})
_GIVEN = frozenset({_S.SENT, _S.ACKNOWLEDGED})


def follow(submission: Submission, outcome: Outcome, now: datetime) -> Sequence[Submission]:
    """Return the submission after each move that the outcome brings; the last one stands.

    An acknowledgment that comes before we knew of the acceptance brings two moves.
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
    """Whether DOJ promised to answer so; what it never promised raises an alarm."""
    return not isinstance(outcome, Unknown | NotThere) or outcome.is_promised


def counting_doubts(submission: Submission, outcome: Outcome) -> Submission:
    """Count the answers that DOJ never promised, until DOJ says where the submission stands.

    That DOJ is busy, or does not have it, settles nothing: it goes on being sent and asked about.
    """
    if isinstance(outcome, Accepted | Acknowledged | Rejected):
        return replace(submission, doubted=0, failed=0)
    if is_promised(outcome):
        return submission
    return replace(submission, doubted=submission.doubted + 1)


def contradiction(
    submission: Submission, outcome: Outcome, last_reason_code: str | None
) -> str | None:
    """Say by a code what DOJ contradicts of its own words; None where it contradicts nothing.

    `last_reason_code` is of the last attempt to send the submission.
    """
    if not isinstance(outcome, NotThere):
        return None
    if submission.state in _GIVEN:
        return "accepted-and-not-known"
    is_taken = submission.state is _S.UNKNOWN and last_reason_code == REFERENCE_TAKEN
    return "taken-and-not-known" if is_taken else None


def _is_of_another_form(submission: Submission, outcome: Receipt) -> bool:
    """Compare where both sides tell: a submission asked about before its form was made has none."""
    hashes = {submission.content_hash, outcome.content_hash}
    return None not in hashes and len(hashes) > 1


def _not_decided(submission: Submission, outcome: Unknown | NotThere) -> Submission:
    """A receipt once given stands, even where DOJ no longer finds what it was for."""
    if submission.state not in _ON_THE_WAY:
        return in_vain(submission)
    if isinstance(outcome, NotThere):
        return handed_back(submission)
    if submission.state is _S.SENDING:
        return lost_sight_of(submission)
    return in_vain(submission)

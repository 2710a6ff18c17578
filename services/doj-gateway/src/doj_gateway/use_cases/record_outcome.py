"""Records the outcome of a call to DOJ: moves the submission and its duties, and publishes it."""

from dataclasses import dataclass
from datetime import datetime

from doj_gateway import published
from doj_gateway.domain.delays import AskingPolicy, next_step
from doj_gateway.domain.outcomes import (
    Accepted,
    Acknowledged,
    NotThere,
    Outcome,
    Rejected,
    Unknown,
    contradiction,
    counting_doubts,
    follow,
)
from doj_gateway.domain.receipts import Receiving, doubt
from doj_gateway.domain.submissions import Submission, SubmissionState
from doj_gateway.storage import attempts, send_duties, submissions
from doj_gateway.storage.claims import Claim
from doj_gateway.use_cases.flag_submission import flag_doubts, flag_move, unflag_settled
from doj_gateway.use_cases.settle_duties import settle_duties
from shared.database.transaction import Transaction
from shared.law.in_force import Law

CODES: dict[type[Outcome], str] = {
    Accepted: "accepted",
    Acknowledged: "accepted",
    Rejected: "rejected",
    NotThere: "not-there",
}
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Recorded:
    """The current submission, and the outcome after the plausibility check."""

    submission: Submission
    outcome: Outcome


async def record_outcome(
    tx: Transaction, law: Law, asking: AskingPolicy, claim: Claim, outcome: Outcome
) -> Recorded:
    """Record an outcome. Raises ClaimLostError if another sender has taken over."""
    before = stands = await submissions.claimed(tx, claim)
    outcome = await _believed(tx, asking, stands, outcome)
    attempted_at = tx.now
    if stands.state is SubmissionState.SENDING:
        reason_code = getattr(outcome, "reason_code", None)
        attempted_at = await attempts.end(tx, stands.id, outcome_code(outcome), reason_code)
    for moved in follow(stands, outcome, tx.now):
        if moved.state is not stands.state:
            await settle_duties(tx, law, stands, moved)
            await announce_move(tx, moved, attempted_at)
        stands = moved

    stands = counting_doubts(stands, outcome)
    await _change(tx, asking, stands, outcome)
    await flag_doubts(tx, stands, outcome)
    await unflag_settled(tx, before, stands)
    return Recorded(stands, outcome)


def outcome_code(outcome: Outcome) -> str:
    """Return the code under which an outcome is stored and counted."""
    return CODES.get(type(outcome), UNKNOWN)


async def announce_move(tx: Transaction, submission: Submission, attempted_at: datetime) -> None:
    """Publish and audit a move, and open a work item if someone must act."""
    tx.audit(f"submission.{submission.state}", subject_kind="submission", subject_id=submission.id)
    if submission.state is SubmissionState.SENT:
        tx.publish(published.sent(submission))
    elif submission.state is SubmissionState.ACKNOWLEDGED:
        tx.publish(published.acknowledged(submission))
    elif submission.state is SubmissionState.REJECTED:
        await flag_move(tx, submission, tx.publish(published.rejected(submission)))
    elif submission.state is SubmissionState.DIFFERS:
        await flag_move(tx, submission, tx.publish(published.differs(submission)))
    elif submission.state is SubmissionState.UNKNOWN:
        tx.publish(published.unknown(submission, attempted_at))


async def _believed(
    tx: Transaction, asking: AskingPolicy, submission: Submission, outcome: Outcome
) -> Outcome:
    """Replace an implausible receipt by an unknown outcome, so that DOJ is asked again."""
    if isinstance(outcome, NotThere):
        last = await attempts.last_reason_code(tx, submission.id)
        against = contradiction(submission, outcome, last)
        return outcome if against is None else NotThere(against, is_promised=False)
    if not isinstance(outcome, Accepted | Acknowledged):
        return outcome
    reason = doubt(submission, outcome, Receiving(tx.now, asking.clock_tolerance))
    if reason is None and await submissions.is_number_of_another(
        tx, submission, outcome.receipt_number
    ):
        reason = "receipt-number-of-another"
    return outcome if reason is None else Unknown(reason, is_promised=False)


async def _change(
    tx: Transaction, asking: AskingPolicy, submission: Submission, outcome: Outcome
) -> None:
    duty = await send_duties.of_assessment(tx, submission.assessment_id)
    retry_after = outcome.retry_after if isinstance(outcome, Unknown | NotThere) else None
    due_at = duty.due_at if duty else None
    wait = next_step(submission, tx.now, asking, due_at, retry_after)
    await submissions.change(tx, submission, wait)

"""DOJ answered, or did not: the submission moves, its duties with it, and it is announced."""

from datetime import datetime

from doj_gateway import published
from doj_gateway.domain.delays import AskingPolicy, next_step
from doj_gateway.domain.outcomes import Accepted, Acknowledged, NotThere, Outcome, Rejected, follow
from doj_gateway.domain.submissions import Submission, SubmissionState
from doj_gateway.storage import attempts, submissions
from doj_gateway.storage.claims import Claim
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


async def record_outcome(
    tx: Transaction, law: Law, asking: AskingPolicy, claim: Claim, outcome: Outcome
) -> Submission:
    """Record what came of an attempt or a question; ClaimLostError if somebody else is at it."""
    stands = await submissions.claimed(tx, claim)
    attempted_at = tx.now
    if stands.state is SubmissionState.SENDING:
        reason_code = getattr(outcome, "reason_code", None)
        attempted_at = await attempts.end(tx, stands.id, outcome_code(outcome), reason_code)
    for moved in follow(stands, outcome, tx.now):
        if moved.state is not stands.state:
            await settle_duties(tx, law, stands, moved)
            _announce(tx, moved, attempted_at)
        stands = moved

    await submissions.change(tx, stands, next_step(stands, tx.now, asking))
    return stands


def outcome_code(outcome: Outcome) -> str:
    """The word by which an outcome is kept and counted."""
    return CODES.get(type(outcome), UNKNOWN)


def _announce(tx: Transaction, submission: Submission, attempted_at: datetime) -> None:
    tx.audit(f"submission.{submission.state}", subject_kind="submission", subject_id=submission.id)
    if submission.state is SubmissionState.SENT:
        tx.publish(published.sent(submission))
    elif submission.state is SubmissionState.ACKNOWLEDGED:
        tx.publish(published.acknowledged(submission))
    elif submission.state is SubmissionState.REJECTED:
        tx.publish(published.rejected(submission))
    elif submission.state is SubmissionState.UNKNOWN:
        tx.publish(published.unknown(submission, attempted_at))

"""A step of a submission was not possible or failed; it is tried again later."""

from doj_gateway.domain.delays import AskingPolicy, next_step
from doj_gateway.domain.submissions import Submission, failing, in_vain
from doj_gateway.storage import send_duties, submissions
from doj_gateway.storage.claims import Claim
from doj_gateway.use_cases.flag_submission import flag_stuck
from shared.database.transaction import Transaction


async def postpone_submission(tx: Transaction, asking: AskingPolicy, claim: Claim) -> None:
    """Count a step without result, because a service is down, and schedule the next one."""
    await _later(tx, asking, in_vain(await submissions.claimed(tx, claim)))


async def fail_submission(
    tx: Transaction, asking: AskingPolicy, claim: Claim, because: str
) -> None:
    """Count a failed step and schedule the next one. Repeated failures open a work item."""
    submission = failing(await submissions.claimed(tx, claim))
    await _later(tx, asking, submission)
    await flag_stuck(tx, submission, because)


async def _later(tx: Transaction, asking: AskingPolicy, submission: Submission) -> None:
    duty = await send_duties.of_assessment(tx, submission.assessment_id)
    due_at = duty.due_at if duty else None
    await submissions.change(tx, submission, next_step(submission, tx.now, asking, due_at))

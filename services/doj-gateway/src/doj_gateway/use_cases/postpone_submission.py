"""Nothing could be tried, for want of what the form needs: another try later."""

from doj_gateway.domain.delays import AskingPolicy, next_step
from doj_gateway.domain.submissions import in_vain
from doj_gateway.storage import send_duties, submissions
from doj_gateway.storage.claims import Claim
from shared.database.transaction import Transaction


async def postpone_submission(tx: Transaction, asking: AskingPolicy, claim: Claim) -> None:
    """Count the step in vain and set the next one."""
    submission = in_vain(await submissions.claimed(tx, claim))
    duty = await send_duties.of_assessment(tx, submission.assessment_id)
    due_at = duty.due_at if duty else None
    await submissions.change(tx, submission, next_step(submission, tx.now, asking, due_at))

"""The side that owes a score releases it to DOJ, if the gateway does not send automatically.

The duty keeps its due date, and DOJ's acceptance meets it.
"""

from uuid import UUID

from doj_gateway.domain.senders import require_sender
from doj_gateway.domain.submissions import released
from doj_gateway.storage import send_duties, submissions
from doj_gateway.use_cases.list_submissions import ShownSubmission
from doj_gateway.use_cases.queue_submission import announce_submission
from shared.database.transaction import Transaction


async def release_submission(tx: Transaction, submission_id: UUID) -> ShownSubmission:
    """Queue a held submission. Raises NotFoundError, NotAllowedError or ConflictError."""
    submission = await submissions.locked_visible(tx, submission_id)
    duty = await send_duties.of_assessment(tx, submission.assessment_id)
    require_sender(tx.actor.roles, duty)
    submission = released(submission, tx.now, tx.today)

    await submissions.change_at_once(tx, submission)
    announce_submission(tx, submission)
    tx.audit("submission.released", subject_kind="submission", subject_id=submission.id)
    return ShownSubmission(submission, duty)

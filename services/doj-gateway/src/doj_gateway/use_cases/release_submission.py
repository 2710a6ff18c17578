"""Whoever owes a score lets it go to DOJ, where the gateway does not send by itself.

The same clock goes on: the duty keeps its due date, and DOJ's acceptance meets it.
"""

from uuid import UUID

from doj_gateway.domain.senders import require_sender
from doj_gateway.domain.submissions import released
from doj_gateway.storage import send_duties, submissions
from doj_gateway.use_cases.list_submissions import ShownSubmission
from doj_gateway.use_cases.queue_submission import announce_submission
from shared.database.transaction import Transaction


async def release_submission(tx: Transaction, submission_id: UUID) -> ShownSubmission:
    """Queue a held submission; NotFoundError, NotAllowedError, ConflictError if it is not held."""
    submission = await submissions.locked_visible(tx, submission_id)
    duty = await send_duties.of_assessment(tx, submission.assessment_id)
    require_sender(tx.actor.roles, duty)
    submission = released(submission, tx.now, tx.today)

    await submissions.change_at_once(tx, submission)
    announce_submission(tx, submission)
    tx.audit("submission.released", subject_kind="submission", subject_id=submission.id)
    return ShownSubmission(submission, duty)

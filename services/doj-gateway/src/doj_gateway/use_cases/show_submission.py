"""A user reads one submission and all attempts to send it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from doj_gateway.storage import attempts, send_duties, submissions
from doj_gateway.storage.attempts import Attempt
from doj_gateway.use_cases.list_submissions import ShownSubmission
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class SubmissionHistory:
    """A submission with all attempts to send it."""

    shown: ShownSubmission
    attempts: Sequence[Attempt]


async def show_submission(tx: Transaction, submission_id: UUID) -> SubmissionHistory:
    """Read one submission. The reading is recorded in the audit record."""
    submission = await submissions.visible(tx, submission_id)
    tx.audit("submission.read", subject_kind="submission", subject_id=submission.id)
    duty = await send_duties.of_assessment(tx, submission.assessment_id)
    found = await attempts.of_submission(tx, submission.id)
    return SubmissionHistory(ShownSubmission(submission, duty), found)

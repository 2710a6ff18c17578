"""Those concerned look at one submission and every attempt to send it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from doj_gateway.domain.submissions import Submission
from doj_gateway.storage import attempts, submissions
from doj_gateway.storage.attempts import Attempt
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class SubmissionHistory:
    """A submission with every attempt to send it."""

    submission: Submission
    attempts: Sequence[Attempt]


async def show_submission(tx: Transaction, submission_id: UUID) -> SubmissionHistory:
    """Show one submission; the look is on the audit record."""
    submission = await submissions.visible(tx, submission_id)
    tx.audit("submission.read", subject_kind="submission", subject_id=submission.id)
    return SubmissionHistory(submission, await attempts.of_submission(tx, submission.id))

"""A user lists submissions to DOJ and their states."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from doj_gateway.domain.submissions import Submission
from doj_gateway.storage import cases, send_duties, submissions
from doj_gateway.storage.submissions import SubmissionFilter
from shared.database.transaction import Transaction
from shared.law.duty.duties import Duty


@dataclass(frozen=True)
class ShownSubmission:
    """A submission and the duty to send its score; the duty is None if nobody owes it."""

    submission: Submission
    duty: Duty | None


async def list_submissions(
    tx: Transaction, narrowed: SubmissionFilter, *, after: UUID | None, limit: int
) -> Sequence[ShownSubmission]:
    """List the submissions that the actor may see. Each case is in the audit record."""
    found = await submissions.listed(tx, narrowed, after=after, limit=limit)
    await cases.KNOWN_CASES.audit(tx, "submission.listed", [each.case_id for each in found[:limit]])
    duties = await send_duties.of_assessments(tx, [each.assessment_id for each in found])
    return [ShownSubmission(each, duties.get(each.assessment_id)) for each in found]

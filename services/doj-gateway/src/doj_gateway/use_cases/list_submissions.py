"""Those concerned look up what goes to DOJ, and where it stands."""

from collections.abc import Sequence
from uuid import UUID

from doj_gateway.domain.submissions import Submission
from doj_gateway.storage import cases, submissions
from doj_gateway.storage.submissions import SubmissionFilter
from shared.database.transaction import Transaction


async def list_submissions(
    tx: Transaction, narrowed: SubmissionFilter, *, after: UUID | None, limit: int
) -> Sequence[Submission]:
    """List the submissions that the asker may see; each case is on the audit record."""
    found = await submissions.listed(tx, narrowed, after=after, limit=limit)

    await cases.KNOWN.audit(tx, "submission.listed", [each.case_id for each in found[:limit]])
    return found

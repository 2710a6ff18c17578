"""DOJ has a different form under the reference, and an operator accepts it as the submitted one.

It then counts as sent, at DOJ's own time and with DOJ's receipt.
"""

from uuid import UUID

from doj_gateway.domain.submissions import SubmissionState, accepted
from doj_gateway.storage import send_duties, submissions
from doj_gateway.use_cases.flag_submission import unflag
from doj_gateway.use_cases.list_submissions import ShownSubmission
from doj_gateway.use_cases.record_outcome import announce_move
from doj_gateway.use_cases.settle_duties import settle_duties
from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.law.in_force import Law


async def accept_doj_copy(tx: Transaction, law: Law, submission_id: UUID) -> ShownSubmission:
    """Accept DOJ's copy. Raises ConflictError unless DOJ has a different form."""
    before = await submissions.locked_visible(tx, submission_id)
    at, number = before.accepted_at, before.receipt_number
    is_resent = await submissions.replacing(tx, before.id) is not None
    if before.state is not SubmissionState.DIFFERS or is_resent or at is None or number is None:
        raise ConflictError(
            "DOJ's copy cannot be accepted, because the submission "
            f"{'was already sent again' if is_resent else f'is in state {before.state}'}",
            code="submission-state",
        )
    submission = accepted(before, at, number)

    await submissions.change_at_once(tx, submission)
    await settle_duties(tx, law, before, submission)
    await announce_move(tx, submission, tx.now)
    tx.audit("submission.doj-copy-accepted", subject_kind="submission", subject_id=before.id)
    await unflag(tx, submission, "doj-copy-accepted")
    return ShownSubmission(submission, await send_duties.of_assessment(tx, before.assessment_id))

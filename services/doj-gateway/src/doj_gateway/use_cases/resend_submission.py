"""A score that DOJ rejected is sent again once what was wrong has been corrected.

The form is filled in again, so it has other bytes and needs the reference of the next round. The
rejected submission does not change. The duty to send keeps its first due date.
"""

from uuid import UUID

from doj_gateway.domain.references import reference_of
from doj_gateway.domain.senders import require_sender
from doj_gateway.domain.submissions import SENT_AGAIN, Submission, SubmissionState
from doj_gateway.storage import send_duties, submissions
from doj_gateway.use_cases.flag_submission import unflag
from doj_gateway.use_cases.list_submissions import ShownSubmission
from doj_gateway.use_cases.queue_submission import announce_submission
from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.identifiers import new_id


async def resend_submission(tx: Transaction, submission_id: UUID) -> ShownSubmission:
    """Queue the score in its next round. Raises ConflictError in another state or if resent."""
    before = await submissions.locked_visible(tx, submission_id)
    await tx.lock_subject(before.assessment_id)
    duty = await send_duties.of_assessment(tx, before.assessment_id)
    require_sender(tx.actor.roles, duty)
    _require_sendable(before, await submissions.replacing(tx, before.id))

    submission = _next_round(tx, before)
    await submissions.insert(tx, submission)
    announce_submission(tx, submission)
    tx.audit("submission.resent", subject_kind="submission", subject_id=before.id)
    await unflag(tx, before, "resent")
    return ShownSubmission(submission, duty)


def _require_sendable(before: Submission, replacement: UUID | None) -> None:
    if replacement is not None:
        raise ConflictError(
            "this score was already sent again, under a new reference",
            code="submission-resent",
            members={"submission_id": str(replacement)},
        )
    if before.state not in SENT_AGAIN:
        raise ConflictError(
            f"a submission in state {before.state} cannot be sent again; the state must be "
            "rejected or differs",
            code="submission-state",
        )


def _next_round(tx: Transaction, before: Submission) -> Submission:
    in_round = before.round + 1
    return Submission(
        id=new_id(),
        assessment_id=before.assessment_id,
        version=before.version,
        case_id=before.case_id,
        instrument=before.instrument,
        assessed_on=before.assessed_on,
        agency=before.agency,
        provider_id=before.provider_id,
        program_id=before.program_id,
        reference=reference_of(before.assessment_id, before.version, in_round),
        state=SubmissionState.QUEUED,
        score_receipt_id=before.score_receipt_id,
        received_at=before.received_at,
        queued_at=tx.now,
        sent_on=tx.today,
        correlation_id=tx.correlation_id,
        round=in_round,
        replaces_id=before.id,
    )

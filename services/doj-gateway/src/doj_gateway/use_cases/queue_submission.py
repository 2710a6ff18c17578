"""Queues a score for DOJ, once per assessment and version, under one reference.

If the gateway does not forward automatically, the score is held until the side that owes it
releases it.
"""

from doj_gateway import published
from doj_gateway.domain.owed_scores import Forwarding, OwedScore
from doj_gateway.domain.references import reference_of
from doj_gateway.domain.submissions import Submission, SubmissionState
from doj_gateway.storage import submissions
from shared.clock import california_date
from shared.database.transaction import Transaction
from shared.identifiers import new_id


async def queue_submission(tx: Transaction, owed: OwedScore, forwarding: Forwarding) -> Submission:
    """Queue or hold a score, or return the submission that exists already."""
    assessment = owed.assessment
    await tx.lock_subject(assessment.id)
    before = await submissions.of_assessment(tx, assessment.id, assessment.version)
    if before is not None:
        return before

    submission = _made(tx, owed, forwarding)
    await submissions.insert(tx, submission)
    announce_submission(tx, submission)
    return submission


def announce_submission(tx: Transaction, submission: Submission) -> None:
    """Publish and audit that a score is queued or held."""
    is_held = submission.state is SubmissionState.HELD
    tx.publish(published.held(submission) if is_held else published.queued(submission))
    tx.audit(f"submission.{submission.state}", subject_kind="submission", subject_id=submission.id)


def _made(tx: Transaction, owed: OwedScore, forwarding: Forwarding) -> Submission:
    assessment, receipt = owed.assessment, owed.receipt
    is_held = forwarding is Forwarding.BY_THE_OWNER
    return Submission(
        id=new_id(),
        assessment_id=assessment.id,
        version=assessment.version,
        case_id=assessment.case_id,
        instrument=assessment.instrument,
        assessed_on=assessment.assessed_on,
        agency=owed.agency,
        provider_id=assessment.scorer_id,
        program_id=assessment.program_id,
        reference=reference_of(assessment.id, assessment.version),
        state=SubmissionState.HELD if is_held else SubmissionState.QUEUED,
        score_receipt_id=receipt.id if receipt else None,
        received_at=receipt.received_at if receipt else None,
        queued_at=tx.now,
        sent_on=california_date(owed.announced_at),
        correlation_id=tx.correlation_id,
    )

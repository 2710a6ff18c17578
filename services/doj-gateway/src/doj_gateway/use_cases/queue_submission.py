"""A score is put in line for DOJ, once per assessment and version, under its one reference."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from doj_gateway import published
from doj_gateway.domain.references import reference_of
from doj_gateway.domain.scores import Assessment
from doj_gateway.domain.submissions import Submission, SubmissionState
from doj_gateway.storage import submissions
from shared.database.transaction import Transaction
from shared.identifiers import new_id


@dataclass(frozen=True)
class ScoreReceipt:
    """The officer's receipt of the score."""

    id: UUID
    received_at: datetime


async def queue_submission(
    tx: Transaction,
    assessment: Assessment,
    agency: str,
    due_at: datetime,
    receipt: ScoreReceipt | None,
) -> Submission:
    """Queue it, or return the one that was queued before."""
    await tx.lock_subject(assessment.id)
    before = await submissions.of_assessment(tx, assessment.id, assessment.version)
    if before is not None:
        return before

    submission = _queued(tx, assessment, agency, due_at, receipt)
    await submissions.keep(tx, submission)
    tx.publish(published.queued(submission))
    tx.audit("submission.queued", subject_kind="submission", subject_id=submission.id)
    return submission


def _queued(
    tx: Transaction,
    assessment: Assessment,
    agency: str,
    due_at: datetime,
    receipt: ScoreReceipt | None,
) -> Submission:
    return Submission(
        id=new_id(),
        assessment_id=assessment.id,
        version=assessment.version,
        case_id=assessment.case_id,
        instrument=assessment.instrument,
        assessed_on=assessment.assessed_on,
        agency=agency,
        provider_id=assessment.scorer_id,
        program_id=assessment.program_id,
        reference=reference_of(assessment.id, assessment.version),
        state=SubmissionState.QUEUED,
        score_receipt_id=receipt.id if receipt else None,
        received_at=receipt.received_at if receipt else None,
        due_at=due_at,
        queued_at=tx.now,
        correlation_id=tx.correlation_id,
    )

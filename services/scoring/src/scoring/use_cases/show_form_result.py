"""The gateway reads a result for DOJ's score form, which is audited like any other view."""

from uuid import UUID

from scoring.domain.assessments import Assessment, AssessmentState
from scoring.storage import assessments
from shared.authorities import Authority
from shared.database.transaction import Transaction


async def show_form_result(tx: Transaction, assessment_id: UUID) -> Assessment:
    """Return a finalized assessment. Raises NotFoundError for a draft, which is not final."""
    assessment = await assessments.by_id(tx, assessment_id)
    if assessment.state is not AssessmentState.FINALIZED:
        raise assessments.not_found(assessment_id)
    tx.audit(
        "score.read",
        subject_kind="assessment",
        subject_id=assessment.id,
        authority=Authority.DOJ_FORM,
    )
    return assessment

"""A user reads an assessment. The audit record names the user and the authority."""

from uuid import UUID

from scoring.domain.assessments import Assessment, authority_to_see
from scoring.storage import assessments, cases
from shared.database.transaction import Transaction


async def show_assessment(tx: Transaction, assessment_id: UUID) -> Assessment:
    """Return an assessment that the actor may see. Raises NotFoundError otherwise."""
    assessment = await assessments.by_id(tx, assessment_id)
    case = await cases.by_id(tx, assessment.case_id)
    authority = authority_to_see(assessment, case, tx.actor)
    if authority is None:
        raise assessments.not_found(assessment_id)
    tx.audit("score.read", subject_kind="assessment", subject_id=assessment.id, authority=authority)
    return assessment

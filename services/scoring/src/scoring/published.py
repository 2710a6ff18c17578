"""Converts decisions to events, which contain IDs, codes and dates but never a score."""

from datetime import datetime

from scoring.domain.assessments import Assessment
from scoring.domain.shares import Share
from shared.events.scoring import AssessmentFinalized, ShareMade


def assessment_finalized(assessment: Assessment, at: datetime) -> AssessmentFinalized:
    """Build the event of a finalized assessment."""
    return AssessmentFinalized(
        assessment_id=assessment.id,
        version=assessment.version,
        case_id=assessment.case_id,
        instrument=assessment.instrument,
        instrument_version=assessment.instrument_version,
        reason=assessment.reason,
        assessed_on=assessment.assessed_on,
        scorer_id=assessment.scorer.id,
        program_id=assessment.scorer.program_id,
        agency=assessment.scorer.agency,
        finalized_at=at,
    )


def share_made(share: Share) -> ShareMade:
    """Build the event of a score shared with the officer."""
    return ShareMade(
        share_id=share.id,
        assessment_id=share.assessment_id,
        version=share.assessment_version,
        case_id=share.case_id,
        instrument=share.instrument,
        assessed_on=share.assessed_on,
        provider_id=share.provider_id,
        program_id=share.program_id,
        agency=share.agency,
        unit=share.unit,
        officer_id=share.officer_id,
        shared_at=share.shared_at,
    )

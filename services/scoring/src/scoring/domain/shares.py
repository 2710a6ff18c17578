"""A provider gives a score to the supervising officer; the officer's receipt completes it.

Board standards: dynamic and violence scores, within 30 days of scoring.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from scoring.domain.assessments import Assessment, AssessmentMove, moved
from scoring.domain.cases import Case
from scoring.domain.duty_rules import SHARE_SCORE
from scoring.domain.instruments import Instrument
from shared.errors import ConflictError, RuleBrokenError


@dataclass(frozen=True)
class Receipt:
    """The officer's receipt, with the time at which the officer held the score."""

    id: UUID
    received_at: datetime


@dataclass(frozen=True)
class Share:
    """One version of an assessment, given to the officer of that day."""

    id: UUID
    assessment_id: UUID
    assessment_version: int
    case_id: UUID
    instrument: str
    assessed_on: date
    provider_id: UUID
    program_id: UUID
    agency: str
    unit: str | None
    officer_id: UUID
    shared_at: datetime
    receipt: Receipt | None


def shared(
    share_id: UUID,
    assessment: Assessment,
    instrument: Instrument,
    case: Case,
    before: Share | None,
    at: datetime,
) -> Share:
    """Give a finalized score to the case's officer, once per version.

    Raises RuleBrokenError for an instrument that the agency scores itself, ConflictError for a
    draft or a second share.
    """
    moved(assessment, AssessmentMove.SHARE)
    program_id = _sharing_program(assessment, instrument)
    if before is not None:
        raise ConflictError(
            f"version {assessment.version} was shared on {before.shared_at.isoformat()}",
            code="already-shared",
        )
    return Share(
        id=share_id,
        assessment_id=assessment.id,
        assessment_version=assessment.version,
        case_id=case.id,
        instrument=assessment.instrument,
        assessed_on=assessment.assessed_on,
        provider_id=assessment.scorer.id,
        program_id=program_id,
        agency=case.supervision.agency,
        unit=case.supervision.unit,
        officer_id=case.supervision.officer_id,
        shared_at=at,
        receipt=None,
    )


def _sharing_program(assessment: Assessment, instrument: Instrument) -> UUID:
    """The program in which the score was made; an agency's own score has none."""
    program_id = assessment.scorer.program_id
    if not instrument.is_shared or program_id is None:
        raise RuleBrokenError(
            f"{instrument.title} is scored by the agency itself: nobody shares it",
            code="not-shared",
            rule=SHARE_SCORE,
        )
    return program_id

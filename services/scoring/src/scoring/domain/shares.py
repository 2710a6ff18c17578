"""A provider shares a score with the supervising officer, who records its receipt.

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
    """The officer's receipt and the time of receipt."""

    id: UUID
    received_at: datetime


@dataclass(frozen=True)
class Share:
    """One version of an assessment, shared with the officer of the case at that time."""

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
    """Share a finalized score with the officer of the case, once per version.

    Raises RuleBrokenError for an instrument that the agency itself scores, ConflictError for a
    draft or a second share.
    """
    moved(assessment, AssessmentMove.SHARE)
    program_id = _sharing_program(assessment, instrument)
    if before is not None:
        raise ConflictError(
            f"version {assessment.version} of this assessment was already shared, "
            f"at {before.shared_at.isoformat()}",
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
    """Return the program of the provider who scored. Raises RuleBrokenError without one."""
    program_id = assessment.scorer.program_id
    if not instrument.is_shared or program_id is None:
        raise RuleBrokenError(
            f"{instrument.title} is scored by the agency itself and is not shared",
            code="not-shared",
            rule=SHARE_SCORE,
        )
    return program_id

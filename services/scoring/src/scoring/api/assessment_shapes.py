"""What an assessment looks like on its way in and out."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StrictInt, StringConstraints

from scoring.api.numbers import Number
from scoring.domain.assessments import Assessment, AssessmentReason
from scoring.domain.scores import Entered, Override
from scoring.use_cases.draft_assessment import DraftAssessment
from shared.http.shapes import CalendarDate, RequestBody

MOST_ITEMS = 100
Code = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", min_length=1, max_length=40)
]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class OverrideBody(RequestBody):
    """Another level than the total has, and why."""

    level: Code
    reason: Reason


class AssessmentBody(RequestBody):
    """A scoring, by item codes; for LS/CMI by the subtotals of its domains."""

    case_id: UUID
    instrument: Code = Field(examples=["sra-fv"])
    assessed_on: CalendarDate = Field(description="The day of scoring.")
    reason: AssessmentReason
    items: dict[Code, StrictInt] = Field(max_length=MOST_ITEMS)
    level: Code | None = Field(
        default=None,
        description="The level that the scorer records, one of the instrument's `recorded_levels`. "
        "Left out if the instrument has none: its level is computed.",
    )
    override: OverrideBody | None = None
    tool: Code | None = Field(default=None, description="Where it was scored, if not here.")
    rescores: UUID | None = Field(
        default=None,
        description="Id of your latest scoring of this case with this instrument on this day, if "
        "this one takes its place. If omitted, a second scoring of that day is refused.",
    )

    def command(self) -> DraftAssessment:
        """What is to be drafted."""
        override = Override(self.override.level, self.override.reason) if self.override else None
        return DraftAssessment(
            case_id=self.case_id,
            instrument=self.instrument,
            assessed_on=self.assessed_on,
            reason=self.reason,
            entered=Entered(self.items, self.level, override, self.tool),
            rescores=self.rescores,
        )


class AssessmentSummary(BaseModel):
    """That something was scored, without the score."""

    assessment_id: UUID
    version: int
    state: str
    case_id: UUID
    instrument: str
    instrument_version: str
    reason: str
    assessed_on: date
    scorer_id: UUID
    program_id: UUID | None
    agency: str
    finalized_at: datetime | None
    rescores: UUID | None = Field(
        default=None, description="The scoring in whose place this one was entered, or null."
    )

    @classmethod
    def of(cls, assessment: Assessment) -> "AssessmentSummary":
        """Sum up an assessment."""
        return cls.model_validate(_summary(assessment))


class FormResultAnswer(AssessmentSummary):
    """A result, as DOJ's score form needs it."""

    total: Number
    domains: dict[str, Number]
    level: str
    level_basis: str = Field(description="computed, recorded or overridden.")

    @classmethod
    def of(cls, assessment: Assessment) -> "FormResultAnswer":
        """Show a result."""
        return cls.model_validate(_summary(assessment) | _result(assessment))


class AssessmentAnswer(FormResultAnswer):
    """An assessment with its result and the reasons for it."""

    computed_level: str | None = Field(description="The level that an override replaced.")
    override_reason: str | None
    reasons: list[str]
    items: dict[str, int]
    tool: str | None
    drafted_at: datetime

    @classmethod
    def of(cls, assessment: Assessment) -> "AssessmentAnswer":
        """Show everything."""
        entered, score = assessment.entered, assessment.score
        details = {
            "computed_level": score.computed_level,
            "override_reason": entered.override.reason if entered.override else None,
            "reasons": score.reasons,
            "items": entered.items,
            "tool": entered.tool,
            "drafted_at": assessment.drafted_at,
        }
        return cls.model_validate(_summary(assessment) | _result(assessment) | details)


def _summary(assessment: Assessment) -> dict[str, object]:
    return {
        "assessment_id": assessment.id,
        "version": assessment.version,
        "state": assessment.state,
        "case_id": assessment.case_id,
        "instrument": assessment.instrument,
        "instrument_version": assessment.instrument_version,
        "reason": assessment.reason,
        "assessed_on": assessment.assessed_on,
        "scorer_id": assessment.scorer.id,
        "program_id": assessment.scorer.program_id,
        "agency": assessment.scorer.agency,
        "finalized_at": assessment.finalized_at,
        "rescores": assessment.rescores,
    }


def _result(assessment: Assessment) -> dict[str, object]:
    score = assessment.score
    return {
        "total": score.total,
        "domains": score.domains,
        "level": score.level,
        "level_basis": score.level_basis,
    }

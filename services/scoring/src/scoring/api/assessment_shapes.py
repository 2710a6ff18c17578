"""Request and response models of assessments."""

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
    """A level that the scorer sets in place of the computed one, with the reason."""

    level: Code = Field(description="Code of the level, one of the instrument's `levels`.")
    reason: Reason = Field(description="Why the computed level does not apply.")


class AssessmentBody(RequestBody):
    """A new scoring of a case: item codes or, for LS/CMI, the subtotals of its domains."""

    case_id: UUID
    instrument: Code = Field(
        examples=["sra-fv"], description="Code of the instrument, from `GET /v1/instruments`."
    )
    assessed_on: CalendarDate = Field(
        description="Day of scoring. It must not be in the future. The scorer must be entitled to "
        "score on this day."
    )
    reason: AssessmentReason = Field(
        description="Why the person was scored: `initial`; `change` in a dynamic factor; `final`, "
        "before release; or `other`."
    )
    items: dict[Code, StrictInt] = Field(
        max_length=MOST_ITEMS,
        description="The value of every item of the instrument, by item code.",
    )
    level: Code | None = Field(
        default=None,
        description="Level that the scorer records: one of the instrument's `recorded_levels`. "
        "Required if the instrument has them; otherwise it must be omitted, because the level is "
        "computed.",
    )
    override: OverrideBody | None = Field(
        default=None,
        description="Replaces the computed level, if the instrument allows it. If omitted, the "
        "computed or recorded level applies.",
    )
    tool: Code | None = Field(
        default=None,
        description="Code of the external tool in which the person was scored: the instrument's "
        "`scored_in`. Omit it if no such tool was used.",
    )
    rescores: UUID | None = Field(
        default=None,
        description="ID of your latest scoring of this case with this instrument on this day, if "
        "this one replaces it. If omitted, a second scoring of that day is refused.",
    )

    def command(self) -> DraftAssessment:
        """Convert the request to the command of the use case."""
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
    """An assessment without its result."""

    assessment_id: UUID
    version: int = Field(description="Version of the result.")
    state: str = Field(
        description="`draft`: not final; only its scorer and auditors see it. `finalized`: frozen."
    )
    case_id: UUID
    instrument: str = Field(description="Code of the instrument.")
    instrument_version: str = Field(description="Version of the instrument that was used.")
    reason: str = Field(
        description="Why the person was scored: `initial`, `change`, `final` or `other`."
    )
    assessed_on: date = Field(description="Day of scoring.")
    scorer_id: UUID = Field(description="ID of the provider or officer who scored.")
    program_id: UUID | None = Field(
        description="ID of the program in which the provider works. Null if an officer scored."
    )
    agency: str = Field(description="Code of the agency that supervises the case.")
    finalized_at: datetime | None = Field(
        description="When the assessment was finalized. Null for a draft."
    )
    rescores: UUID | None = Field(
        default=None,
        description="ID of the earlier scoring that this one replaces. Null if it replaces none.",
    )

    @classmethod
    def of(cls, assessment: Assessment) -> "AssessmentSummary":
        """Build the response model of an assessment without its result."""
        return cls.model_validate(_summary(assessment))


class FormResultAnswer(AssessmentSummary):
    """An assessment with the result that goes on DOJ's score form."""

    total: Number = Field(description="Total score.")
    domains: dict[str, Number] = Field(
        description="Score of each domain. Empty if the instrument has no domains."
    )
    level: str = Field(description="Code of the risk level.")
    level_basis: str = Field(
        description="`computed`: from the total. `recorded`: entered by the scorer. `overridden`: "
        "set by the scorer in place of the computed level."
    )

    @classmethod
    def of(cls, assessment: Assessment) -> "FormResultAnswer":
        """Build the response model of an assessment with its result."""
        return cls.model_validate(_summary(assessment) | _result(assessment))


class AssessmentAnswer(FormResultAnswer):
    """An assessment with its result, the entered items and the reasons for the result."""

    computed_level: str | None = Field(
        description="Level computed from the total; if overridden, the level that was replaced. "
        "Null if the scorer records the level."
    )
    override_reason: str | None = Field(
        description="Why the level was overridden. Null if it was not."
    )
    reasons: list[str] = Field(description="How total and level were obtained, as short texts.")
    items: dict[str, int] = Field(description="The entered value of each item, by item code.")
    tool: str | None = Field(
        description="Code of the external tool in which the person was scored. Null if none was "
        "used."
    )
    drafted_at: datetime = Field(description="When the scorer entered the assessment.")

    @classmethod
    def of(cls, assessment: Assessment) -> "AssessmentAnswer":
        """Build the complete response model of an assessment."""
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

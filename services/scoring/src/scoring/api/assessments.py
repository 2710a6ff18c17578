"""Routes that draft, finalize, show and list assessments."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel, Field

from scoring.api.assessment_shapes import AssessmentAnswer, AssessmentBody, AssessmentSummary
from scoring.parts import CurrentParts
from scoring.use_cases.draft_assessment import draft_assessment
from scoring.use_cases.finalize_assessment import finalize_assessment
from scoring.use_cases.list_assessments import list_assessments
from scoring.use_cases.show_assessment import show_assessment
from shared.http.etags import RequiredVersion, set_etag
from shared.http.paging import After, Limit, Page, day_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/assessments", tags=["assessments"])

_SCORERS = allow(Role.OFFICER, Role.PROVIDER)
_VIEWERS = allow(
    *(Role.OFFICER, Role.UNIT_SUPERVISOR, Role.AGENCY_LEAD, Role.PROVIDER),
    *(Role.PROGRAM_REPRESENTATIVE, Role.EXAMINER, Role.AUDITOR),
)


class FinalizationBody(RequestBody):
    """An empty object. The draft itself is finalized as it is."""


class FinalizationAnswer(BaseModel):
    """A finalized assessment, and when it must be shared with the officer."""

    assessment_id: UUID
    version: int = Field(description="Version of the result.")
    state: str = Field(description="Always `finalized`.")
    finalized_at: datetime | None = Field(description="When the assessment was finalized.")
    share_duty_id: UUID | None = Field(
        description="ID of the duty to share the score with the officer. Null if no such duty "
        "exists, for example because an officer scored."
    )
    share_due_on: date | None = Field(
        description="Last day on which sharing is in time. Null if there is no duty to share."
    )


@router.post("", operation_id="draft_assessment", status_code=201, dependencies=[_SCORERS])
async def post_assessment(
    body: AssessmentBody,
    tx: CurrentTransaction,
    parts: CurrentParts,
    response: Response,
) -> AssessmentAnswer:
    """Enter a scoring as a draft.

    The total is computed, and so is the level if the instrument defines its bounds.
    """
    draft = await draft_assessment(tx, body.command(), parts.instruments)
    response.headers["Location"] = f"/v1/assessments/{draft.id}"
    set_etag(response, draft.revision)
    return AssessmentAnswer.of(draft)


@router.post(
    "/{assessment_id}/finalizations",
    operation_id="finalize_assessment",
    status_code=201,
    dependencies=[_SCORERS],
)
async def post_finalization(
    assessment_id: UUID,
    seen: RequiredVersion,
    tx: CurrentTransaction,
    law: CurrentLaw,
    parts: CurrentParts,
    response: Response,
    body: FinalizationBody | None = None,  # noqa: ARG001 - only so that unknown fields are refused
) -> FinalizationAnswer:
    """Finalize a draft that you entered. It cannot be changed afterwards.

    Refused unless you were entitled to score this instrument on the day of scoring.
    """
    done = await finalize_assessment(tx, law, parts.instruments, assessment_id, seen)
    response.headers["Location"] = f"/v1/assessments/{assessment_id}"
    set_etag(response, done.assessment.revision)
    return FinalizationAnswer(
        assessment_id=assessment_id,
        version=done.assessment.version,
        state=done.assessment.state,
        finalized_at=done.assessment.finalized_at,
        share_duty_id=done.share_duty.id if done.share_duty else None,
        share_due_on=done.share_duty.due_on if done.share_duty else None,
    )


@router.get("/{assessment_id}", operation_id="show_assessment", dependencies=[_VIEWERS])
async def get_assessment(
    assessment_id: UUID, tx: CurrentTransaction, response: Response
) -> AssessmentAnswer:
    """Show an assessment with its result. Each view is recorded in the audit record."""
    assessment = await show_assessment(tx, assessment_id)
    set_etag(response, assessment.revision)
    return AssessmentAnswer.of(assessment)


@router.get("", operation_id="list_assessments", dependencies=[_VIEWERS])
async def get_assessments(
    case_id: Annotated[UUID, Query(description="ID of the case whose assessments are listed.")],
    tx: CurrentTransaction,
    limit: Limit = 50,
    after: After = None,
) -> Page[AssessmentSummary]:
    """List the assessments of a case, ordered by day of scoring, without their results."""
    start = day_cursor(after)
    found = await list_assessments(tx, case_id, after=start, limit=limit)
    shown, cursor = page_of(found, limit, lambda each: (each.assessed_on, each.id))
    return Page(items=[AssessmentSummary.of(each) for each in shown], next=cursor)

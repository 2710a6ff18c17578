"""Finding an application complete; the Board's 45-day clock counts from its last required item."""

from datetime import date
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field

from certification.parts import CurrentParts
from certification.use_cases.complete_application import CompleteApplication, complete_application
from shared.http.etags import SeenVersion, set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.law.api.duty_answers import ExplanationAnswer
from shared.law.api.law_dependency import CurrentLaw
from shared.law.duty import kept_laws
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["completions"])


class CompletionBody(RequestBody):
    """An empty body; any field is refused. The service checks itself what was received."""


class CompletionAnswer(BaseModel):
    """When the 45-day clock started, and by which day the Board must decide."""

    completed_on: date = Field(
        description="Day on which the last required item arrived; the 45-day clock counts from it."
    )
    found_complete_on: date = Field(
        description="Day on which staff first found the application complete."
    )
    days_until_found: int = Field(
        description="Days between `completed_on` and `found_complete_on`."
    )
    due_on: date = Field(description="Last day on which the Board can decide in time.")
    duty_id: UUID = Field(description="ID of the Board's duty to decide the application.")
    explanation: ExplanationAnswer = Field(description="How the due date was counted.")


@router.post(
    "/{application_id}/completions",
    operation_id="complete_application",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_completion(
    application_id: UUID,
    tx: CurrentTransaction,
    law: CurrentLaw,
    parts: CurrentParts,
    seen: SeenVersion,
    response: Response,
    body: CompletionBody | None = None,  # noqa: ARG001 - only so that unknown fields are refused
) -> CompletionAnswer:
    """Find an application complete; it joins the Board's queue.

    The Board has 45 days to decide, counted from the day on which the last required item arrived.
    """
    command = CompleteApplication(application_id, seen)
    done = await complete_application(tx, law, parts.standards, command)
    duty = done.duty
    counted = await kept_laws.counted_again(tx, law, duty, duty.pauses)
    response.headers["Location"] = f"/v1/applications/{application_id}"
    set_etag(response, done.application_version)
    return CompletionAnswer(
        completed_on=done.completed_on,
        found_complete_on=done.found_complete_on,
        days_until_found=(done.found_complete_on - done.completed_on).days,
        due_on=duty.due_on,
        duty_id=duty.id,
        explanation=ExplanationAnswer.model_validate(counted.explanation.as_json()),
    )

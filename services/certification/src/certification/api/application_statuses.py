"""Application status without signing in: by a secret token, with a limited number of requests."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Response
from pydantic import BaseModel, Field

from certification.api.applicants import Applicant
from certification.domain.appeals import AppealOutcome
from certification.domain.application_moves import ApplicationState, WaitingOn
from certification.domain.applications import Kind, Purpose
from certification.domain.decisions import Outcome
from certification.domain.status_tokens import TOKEN_PATTERN
from certification.parts import CurrentParts, count_request
from certification.use_cases.show_status import FileStatus, renew_status_token, show_status
from shared.http.routes import CurrentTransaction, allow, guarded_router, public_router
from shared.http.shapes import RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = public_router("/v1/application-statuses", tags=["status"])
tokens_router = guarded_router("/v1/applications", tags=["status"])

Token = Annotated[
    str, Path(pattern=f"^{TOKEN_PATTERN.pattern}$", description="Status token of the application.")
]


class MissingItemAnswer(BaseModel):
    """A checklist item that the application lacks."""

    item: str = Field(description="Code of the checklist item.")
    title: str = Field(description="Name of the item in plain words.")
    reason: str | None = Field(
        description="Why the Board asked for the item or returned it. Null if the item was simply "
        "not received."
    )


class ForecastAnswer(BaseModel):
    """When the application is expected to be reached, estimated by simulation."""

    earliest_on: date | None = Field(
        description="Date by which 1 of 10 simulation runs reaches the application. Null if it is "
        "later than the forecast covers."
    )
    median_on: date | None = Field(
        description="Date by which half of the simulation runs reach the application. Null if it "
        "is later than the forecast covers."
    )
    latest_on: date | None = Field(
        description="Date by which 9 of 10 simulation runs reach the application. Null if it is "
        "later than the forecast covers."
    )
    as_of: datetime = Field(description="When the forecast was made.")


class StatusAnswer(BaseModel):
    """The status of an application. It does not name the applicant."""

    kind: Kind = Field(description="Whether a provider or a program applied.")
    purpose: Purpose
    state: ApplicationState
    waiting_on: WaitingOn | None = Field(
        description="Who must act next: the applicant or the Board. Null if the application was "
        "decided, withdrawn or abandoned."
    )
    received_on: date | None = Field(
        description="Day on which the application was submitted. Null for a draft."
    )
    missing: list[MissingItemAnswer] = Field(
        description="Checklist items that the application lacks. Empty if nothing is missing or "
        "the application is closed."
    )
    answer_due_on: date | None = Field(
        description="Last day on which the applicant can answer the open deficiency notices. Null "
        "if none is open."
    )
    completed_on: date | None = Field(
        description="Day on which the last required item arrived. Null until staff find the "
        "application complete."
    )
    queue_position: int | None = Field(
        description="Position among all complete applications that wait for review, starting at "
        "1. Null for any other application."
    )
    due_on: date | None = Field(
        description="Last day on which the Board can decide in time. Null while the 45-day clock "
        "is paused, not started, or finished."
    )
    outcome: Outcome | None = Field(
        description="The Board's decision. Null if the application is undecided."
    )
    appeal_open_until: date | None = Field(
        description="Last day on which a denial can be appealed. Null if the application was not "
        "denied, or if the denial has been appealed."
    )
    appealed_on: date | None = Field(
        description="Day on which the denial was appealed. Null if it was not appealed."
    )
    appeal_outcome: AppealOutcome | None = Field(
        description="Outcome of the appeal. Null if there is no appeal or the Board has not "
        "decided it."
    )
    forecast: ForecastAnswer | None = Field(
        description="When the application is expected to be reached. Null if there is too little "
        "data for a forecast, or nothing left to forecast."
    )
    as_of: datetime = Field(description="When this status was read.")


class TokenBody(RequestBody):
    """An empty body; any field is refused."""


class TokenAnswer(BaseModel):
    """A new status token."""

    status_token: str = Field(
        description="Token for checking status without signing in. Returned only once; store it."
    )


@router.get("/{token}", operation_id="show_status", dependencies=[Depends(count_request)])
async def get_application_status(
    token: Token,
    tx: CurrentTransaction,
    law: CurrentLaw,
    parts: CurrentParts,
    response: Response,
) -> StatusAnswer:
    """Show the status of the application that a token belongs to.

    It shows what is missing, who must act next and the position in the queue.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    status = await show_status(tx, law, parts.standards, parts.forecasts, token)
    return status_answer(status, parts.standards.item_titles)


@tokens_router.post(
    "/{application_id}/status-tokens",
    operation_id="renew_status_token",
    status_code=201,
    dependencies=[allow(Role.APPLICANT)],
)
async def post_status_token(
    application_id: UUID,
    tx: CurrentTransaction,
    applicant: Applicant,
    response: Response,
    body: TokenBody | None = None,  # noqa: ARG001 - only so that unknown fields are refused
) -> TokenAnswer:
    """Get a new status token for one's own application; the previous token stops working."""
    token = await renew_status_token(tx, application_id, applicant_id=applicant)
    response.headers["Location"] = f"/v1/applications/{application_id}"
    return TokenAnswer(status_token=token.text)


def status_answer(status: FileStatus, titles: dict[str, str]) -> StatusAnswer:
    """Build the response for a status."""
    application = status.application
    return StatusAnswer(
        kind=application.kind,
        purpose=application.purpose,
        state=application.state,
        waiting_on=application.waiting_on,
        received_on=application.received_on,
        missing=[
            MissingItemAnswer(item=item, title=titles[item], reason=status.reasons.get(item))
            for item in status.missing
        ],
        answer_due_on=status.answer_due_on,
        completed_on=application.completed_on,
        queue_position=status.queue_position,
        due_on=status.due_on,
        outcome=status.outcome,
        appeal_open_until=status.appeal_open_until,
        appealed_on=status.appeal.filed_on if status.appeal else None,
        appeal_outcome=status.appeal.outcome if status.appeal else None,
        forecast=_forecast(status),
        as_of=status.as_of,
    )


def _forecast(status: FileStatus) -> ForecastAnswer | None:
    said = status.forecast
    if said is None or said.prospect is None or said.prospect.reached is None:
        return None
    earliest, median, latest = said.prospect.reached
    return ForecastAnswer(
        earliest_on=earliest, median_on=median, latest_on=latest, as_of=said.forecast.as_of
    )

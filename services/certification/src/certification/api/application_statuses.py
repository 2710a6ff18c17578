"""An applicant's status without sign-in: by an unguessable token, a limited number of times."""

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

Token = Annotated[str, Path(pattern=f"^{TOKEN_PATTERN.pattern}$")]


class MissingItemAnswer(BaseModel):
    """An item that the file lacks, by its code and in words."""

    item: str
    title: str
    reason: str | None = Field(
        description="Why the Board asked for it or returned it. Null if it has not come at all."
    )


class ForecastAnswer(BaseModel):
    """By when the file is reached: in 1 run of 10, in half of them, in 9 of 10."""

    earliest_on: date | None
    median_on: date | None
    latest_on: date | None = Field(description="null: later than the forecast looks.")
    as_of: datetime


class StatusAnswer(BaseModel):
    """Where a file is; nothing of it says whose it is."""

    kind: Kind
    purpose: Purpose
    state: ApplicationState
    waiting_on: WaitingOn | None
    received_on: date | None
    missing: list[MissingItemAnswer]
    answer_due_on: date | None
    completed_on: date | None
    queue_position: int | None
    due_on: date | None = Field(
        description="null: the clock of the decision stands, has not begun or is over."
    )
    outcome: Outcome | None
    appeal_open_until: date | None = Field(
        description="Last day on which a denial may be appealed. Null if there is no denial, and "
        "once it has been appealed."
    )
    appealed_on: date | None = Field(
        description="The day on which the denial was appealed. Null if it was not."
    )
    appeal_outcome: AppealOutcome | None = Field(
        description="What came of the appeal. Null while the Board has not decided it, and if "
        "there is none."
    )
    forecast: ForecastAnswer | None = Field(
        description="null: too little was observed to say, or nothing is left to forecast."
    )
    as_of: datetime


class TokenBody(RequestBody):
    """Nothing more to say."""


class TokenAnswer(BaseModel):
    """The new token; it is said once."""

    status_token: str


@router.get("/{token}", operation_id="show_status", dependencies=[Depends(count_request)])
async def get_application_status(
    token: Token,
    tx: CurrentTransaction,
    law: CurrentLaw,
    parts: CurrentParts,
    response: Response,
) -> StatusAnswer:
    """Show where the file of a token is: what is missing, whose turn it is, its place in line."""
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
    """Get a new token for one's own file; the token before shows nothing any more."""
    token = await renew_status_token(tx, application_id, applicant_id=applicant)
    response.headers["Location"] = f"/v1/applications/{application_id}"
    return TokenAnswer(status_token=token.text)


def status_answer(status: FileStatus, titles: dict[str, str]) -> StatusAnswer:
    """Shape the status."""
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

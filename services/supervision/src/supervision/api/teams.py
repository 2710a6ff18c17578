"""Routes that form and show containment teams."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, status
from pydantic import BaseModel, Field

from shared.http.paging import After, Limit, Page, day_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate, RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role
from supervision.api.cases import READERS
from supervision.api.field_types import Day
from supervision.domain.teams import Members, Team, TeamState
from supervision.use_cases.form_team import form_team
from supervision.use_cases.show_team import list_case_teams, show_case_team, show_team

router: APIRouter = guarded_router("/v1", tags=["teams"])

AsOf = Annotated[
    CalendarDate | None,
    Query(description="Day for which the team is shown. If omitted, today in California."),
]


class TeamBody(RequestBody):
    """The members of a new team and its first day."""

    case_id: UUID
    provider_id: UUID = Field(description="ID of the certified treatment provider.")
    program_id: UUID = Field(description="ID of the certified program in which the provider works.")
    examiner_id: UUID = Field(description="ID of the polygraph examiner, who must have standing.")
    effective_from: Day = Field(
        description="First day of the team. It must not be before the first day of the current "
        "team or more than 366 days ahead. Teams that would begin on this day or later are "
        "replaced."
    )


class TeamAnswer(BaseModel):
    """A containment team: officer, treatment provider within a program, polygraph examiner."""

    team_id: UUID
    case_id: UUID
    officer_id: UUID = Field(description="ID of the supervising officer.")
    provider_id: UUID = Field(description="ID of the treatment provider.")
    program_id: UUID = Field(description="ID of the program in which the provider works.")
    examiner_id: UUID = Field(description="ID of the polygraph examiner.")
    effective_from: date = Field(description="First day of the team.")
    effective_until: date | None = Field(
        description="First day of the next team; the team no longer works on this day. Null if no "
        "other team follows. Equal to `effective_from` if the team was replaced before it began."
    )
    state: TeamState = Field(
        description="State of the team today. `to-come`: it has not begun. `at-work`: it is the "
        "current team of the case. `ended`: another team took over. `never-worked`: it was "
        "replaced before its first day."
    )
    formed_at: datetime = Field(description="When the officer recorded the team.")


@router.post(
    "/teams",
    operation_id="form_team",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OFFICER)],
)
async def post_team(
    tx: CurrentTransaction, law: CurrentLaw, body: TeamBody, response: Response
) -> TeamAnswer:
    """Form the containment team of a case.

    Refused if a member lacks a certification or standing on the first day; the error names each one
    that is missing.
    """
    members = Members(body.provider_id, body.program_id, body.examiner_id)
    team = await form_team(tx, law, body.case_id, members, body.effective_from)
    response.headers["Location"] = f"/v1/teams/{team.id}"
    return _answer(team, tx.today)


@router.get("/teams/{team_id}", operation_id="show_team", dependencies=[allow(*READERS)])
async def get_team(tx: CurrentTransaction, team_id: UUID) -> TeamAnswer:
    """Show a team by its ID."""
    return _answer(await show_team(tx, team_id), tx.today)


@router.get("/cases/{case_id}/team", operation_id="show_case_team", dependencies=[allow(*READERS)])
async def get_case_team(tx: CurrentTransaction, case_id: UUID, as_of: AsOf = None) -> TeamAnswer:
    """Show the team of a case on a day. The default is today in California."""
    return _answer(await show_case_team(tx, case_id, as_of or tx.today), tx.today)


@router.get(
    "/cases/{case_id}/teams", operation_id="list_case_teams", dependencies=[allow(*READERS)]
)
async def get_case_teams(
    tx: CurrentTransaction, case_id: UUID, limit: Limit = 50, after: After = None
) -> Page[TeamAnswer]:
    """List all teams of a case by first day, earliest first, including future ones."""
    seen = day_cursor(after)
    found = await list_case_teams(tx, case_id, after=seen, limit=limit)
    shown, cursor = page_of(found, limit, lambda team: (team.effective_from, team.id))
    return Page(items=[_answer(team, tx.today) for team in shown], next=cursor)


def _answer(team: Team, today: date) -> TeamAnswer:
    return TeamAnswer(
        team_id=team.id,
        case_id=team.case_id,
        officer_id=team.officer_id,
        **team.members.__dict__,
        effective_from=team.effective_from,
        effective_until=team.effective_until,
        state=team.state(today),
        formed_at=team.formed_at,
    )

"""Containment teams."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, status
from pydantic import BaseModel, Field

from shared.http.paging import After, Limit, Page, decode_cursor, page_of
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
    Query(description="Day of which the team is asked for. If omitted, today in California."),
]


class TeamBody(RequestBody):
    """Whom the officer wants in the team, and from which day on."""

    case_id: UUID
    provider_id: UUID
    program_id: UUID
    examiner_id: UUID
    effective_from: Day = Field(
        description="First day of the team. Not before the first day of the team at work, and "
        "not more than 366 days ahead. Teams that would begin on this day or later are replaced."
    )


class TeamAnswer(BaseModel):
    """A team: one officer, one provider within one program, one polygraph examiner."""

    team_id: UUID
    case_id: UUID
    officer_id: UUID
    provider_id: UUID
    program_id: UUID
    examiner_id: UUID
    effective_from: date
    effective_until: date | None = Field(
        description="The day from which another team works; null if none is to follow. The same "
        "day as `effective_from` if the team was replaced before its first day."
    )
    state: TeamState = Field(
        description="Where the team stands today. `to-come`: its first day is ahead. `at-work`: it "
        "is the case's team today. `ended`: another has taken over. `never-worked`: it was "
        "replaced before its first day."
    )
    formed_at: datetime


@router.post(
    "/teams",
    operation_id="form_team",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OFFICER)],
)
async def post_team(
    tx: CurrentTransaction, law: CurrentLaw, body: TeamBody, response: Response
) -> TeamAnswer:
    """Form the team of a case; refused with every certification or standing that is missing."""
    members = Members(body.provider_id, body.program_id, body.examiner_id)
    team = await form_team(tx, law, body.case_id, members, body.effective_from)
    response.headers["Location"] = f"/v1/teams/{team.id}"
    return _answer(team, tx.today)


@router.get("/teams/{team_id}", operation_id="show_team", dependencies=[allow(*READERS)])
async def get_team(tx: CurrentTransaction, team_id: UUID) -> TeamAnswer:
    """Show a team."""
    return _answer(await show_team(tx, team_id), tx.today)


@router.get("/cases/{case_id}/team", operation_id="show_case_team", dependencies=[allow(*READERS)])
async def get_case_team(tx: CurrentTransaction, case_id: UUID, as_of: AsOf = None) -> TeamAnswer:
    """Show the team that works in a case on a day, today if none is named."""
    return _answer(await show_case_team(tx, case_id, as_of or tx.today), tx.today)


@router.get(
    "/cases/{case_id}/teams", operation_id="list_case_teams", dependencies=[allow(*READERS)]
)
async def get_case_teams(
    tx: CurrentTransaction, case_id: UUID, limit: Limit = 50, after: After = None
) -> Page[TeamAnswer]:
    """List every team of a case, the earliest first day first, with those to come."""
    seen = decode_cursor(after, date.fromisoformat, UUID) if after else None
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

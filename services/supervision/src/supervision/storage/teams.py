"""Teams of cases through time."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, exists, or_, select, update

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from supervision.domain.teams import Members, Team
from supervision.storage.tables import CASES, TEAMS
from supervision.storage.visibility import sees_case


async def keep(tx: Transaction, team: Team) -> None:
    """Insert a team, and end the one that stood on the day from which this one works."""
    standing = (TEAMS.c.case_id == team.case_id) & TEAMS.c.effective_until.is_(None)
    await tx.execute(update(TEAMS).where(standing).values(effective_until=team.effective_from))
    await tx.insert(
        TEAMS,
        id=team.id,
        case_id=team.case_id,
        officer_id=team.officer_id,
        provider_id=team.members.provider_id,
        program_id=team.members.program_id,
        examiner_id=team.members.examiner_id,
        effective_from=team.effective_from,
        effective_until=team.effective_until,
        formed_at=team.formed_at,
    )


async def visible(tx: Transaction, team_id: UUID) -> Team:
    """Read a team whose case the actor may see; NotFoundError for any other."""
    seen_case = exists().where(CASES.c.id == TEAMS.c.case_id, sees_case(tx))
    team = await _first(tx, (TEAMS.c.id == team_id) & seen_case)
    if team is None:
        raise NotFoundError(f"there is no team {team_id}", code="team-not-found")
    return team


async def standing(tx: Transaction, case_id: UUID) -> Team | None:
    """Read the latest team of a case; None where none was formed."""
    return await _first(tx, (TEAMS.c.case_id == case_id) & TEAMS.c.effective_until.is_(None))


async def on_day(tx: Transaction, case_id: UUID, day: date) -> Team | None:
    """Read the team that worked on a day; None where none did."""
    ends_later = or_(TEAMS.c.effective_until.is_(None), TEAMS.c.effective_until > day)
    return await _first(
        tx, (TEAMS.c.case_id == case_id) & (TEAMS.c.effective_from <= day) & ends_later
    )


async def first_day(tx: Transaction, case_id: UUID) -> date | None:
    """The day from which the case has had a team; None where it never had one."""
    statement = select(TEAMS.c.effective_from).where(TEAMS.c.case_id == case_id)
    found: date | None = (
        await tx.execute(statement.order_by(TEAMS.c.effective_from).limit(1))
    ).scalar()
    return found


async def _first(tx: Transaction, condition: ColumnElement[bool]) -> Team | None:
    row = (await tx.execute(select(TEAMS).where(condition))).mappings().first()
    return None if row is None else _team(row)


def _team(row: RowMapping) -> Team:
    return Team(
        id=row["id"],
        case_id=row["case_id"],
        officer_id=row["officer_id"],
        members=Members(row["provider_id"], row["program_id"], row["examiner_id"]),
        effective_from=row["effective_from"],
        effective_until=row["effective_until"],
        formed_at=row["formed_at"],
    )

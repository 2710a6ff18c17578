"""Teams of cases through time."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, exists, func, or_, select, update

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from supervision.domain.teams import Member, MemberRole, Members, Team
from supervision.storage.tables import CASES, TEAMS
from supervision.storage.visibility import sees_case

_COLUMN = {
    MemberRole.PROVIDER: "provider_id",
    MemberRole.PROGRAM: "program_id",
    MemberRole.EXAMINER: "examiner_id",
}


async def keep(tx: Transaction, team: Team) -> None:
    """Insert a team; whatever stood from its first day on ends there, or before it began."""
    until = TEAMS.c.effective_until
    stands = or_(until.is_(None), until > team.effective_from)
    last_day = func.greatest(TEAMS.c.effective_from, team.effective_from)
    of_case = (TEAMS.c.case_id == team.case_id) & stands
    await tx.execute(update(TEAMS).where(of_case).values(effective_until=last_day))
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


async def at_work_since(tx: Transaction, case_id: UUID) -> date | None:
    """The first day of the latest team that has begun; None where none has."""
    until = TEAMS.c.effective_until
    has_worked = or_(until.is_(None), until > TEAMS.c.effective_from)
    statement = select(func.max(TEAMS.c.effective_from)).where(
        TEAMS.c.case_id == case_id, TEAMS.c.effective_from <= tx.today, has_worked
    )
    found: date | None = (await tx.execute(statement)).scalar()
    return found


async def on_day(tx: Transaction, case_id: UUID, day: date) -> Team | None:
    """Read the team that worked on a day; None where none did."""
    ends_later = or_(TEAMS.c.effective_until.is_(None), TEAMS.c.effective_until > day)
    return await _first(
        tx, (TEAMS.c.case_id == case_id) & (TEAMS.c.effective_from <= day) & ends_later
    )


async def at_work_or_to_come(tx: Transaction, case_ids: Collection[UUID]) -> Sequence[Team]:
    """Read the teams of some cases that work today or will, the first day first."""
    statement = (
        select(TEAMS)
        .where(TEAMS.c.case_id.in_(case_ids), _has_work_left(tx.today))
        .order_by(TEAMS.c.case_id, TEAMS.c.effective_from, TEAMS.c.id)
    )
    return [_team(row) for row in (await tx.execute(statement)).mappings()]


async def cases_counting_on(tx: Transaction, member: Member) -> Sequence[UUID]:
    """Read the ids of the cases with a team, at work or to come, that somebody is in."""
    statement = (
        select(TEAMS.c.case_id)
        .where(TEAMS.c[_COLUMN[member.role]] == member.id, _has_work_left(tx.today))
        .distinct()
        .order_by(TEAMS.c.case_id)
    )
    return list((await tx.execute(statement)).scalars())


async def first_day(tx: Transaction, case_id: UUID) -> date | None:
    """The day from which the case has had a team; None where it never had one."""
    statement = select(TEAMS.c.effective_from).where(TEAMS.c.case_id == case_id)
    found: date | None = (
        await tx.execute(statement.order_by(TEAMS.c.effective_from).limit(1))
    ).scalar()
    return found


def _has_work_left(today: date) -> ColumnElement[bool]:
    """Whether it works or will: one replaced before its first day never does."""
    until = TEAMS.c.effective_until
    return or_(until.is_(None), and_(until > today, until > TEAMS.c.effective_from))


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

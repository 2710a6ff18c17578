"""Queries for the past, current and future teams of cases."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, exists, func, or_, select, tuple_, update

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


async def supersede(tx: Transaction, team: Team) -> Sequence[date]:
    """Insert a team. The current team ends on its first day; later ones end before they begin.

    Returns the first days of the teams that will now never work.
    """
    own, until = TEAMS.c.case_id == team.case_id, TEAMS.c.effective_until
    stands = or_(until.is_(None), until > team.effective_from)
    last_day = func.greatest(TEAMS.c.effective_from, team.effective_from)
    replaced = update(TEAMS).where(own, stands, _works()).values(effective_until=last_day)
    spans = await tx.execute(replaced.returning(TEAMS.c.effective_from, until))
    never_work = [row.effective_from for row in spans if row.effective_from == row.effective_until]
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
    return never_work


async def visible(tx: Transaction, team_id: UUID) -> Team:
    """Read a team whose case the actor may see. Raises NotFoundError otherwise."""
    seen_case = exists().where(CASES.c.id == TEAMS.c.case_id, sees_case(tx))
    team = await _first(tx, (TEAMS.c.id == team_id) & seen_case)
    if team is None:
        raise NotFoundError(f"there is no team {team_id}", code="team-not-found")
    return team


async def listed(
    tx: Transaction, case_id: UUID, *, after: tuple[date, UUID] | None, limit: int
) -> Sequence[Team]:
    """Read up to `limit` + 1 teams of a case, ordered by first day."""
    place = (TEAMS.c.effective_from, TEAMS.c.id)
    statement = select(TEAMS).where(TEAMS.c.case_id == case_id).order_by(*place).limit(limit + 1)
    if after is not None:
        statement = statement.where(tuple_(*place) > tuple_(*after))
    return [_team(row) for row in (await tx.execute(statement)).mappings()]


async def first_with(
    tx: Transaction, case_id: UUID, members: Members, effective_from: date
) -> UUID | None:
    """Return the ID of the team with these members and this first day; None if there is none."""
    statement = select(TEAMS.c.id).where(
        TEAMS.c.case_id == case_id,
        TEAMS.c.effective_from == effective_from,
        _works(),
        *(TEAMS.c[name] == member_id for name, member_id in members.__dict__.items()),
    )
    found: UUID | None = (await tx.execute(statement)).scalar()
    return found


async def at_work_since(tx: Transaction, case_id: UUID) -> date | None:
    """Return the first day of the latest team that has begun; None if none has."""
    statement = select(func.max(TEAMS.c.effective_from)).where(
        TEAMS.c.case_id == case_id, TEAMS.c.effective_from <= tx.today, _works()
    )
    found: date | None = (await tx.execute(statement)).scalar()
    return found


async def on_day(tx: Transaction, case_id: UUID, day: date) -> Team | None:
    """Read the team of a day; None if no team works on that day."""
    ends_later = or_(TEAMS.c.effective_until.is_(None), TEAMS.c.effective_until > day)
    return await _first(
        tx, (TEAMS.c.case_id == case_id) & (TEAMS.c.effective_from <= day) & ends_later
    )


async def at_work_or_to_come(tx: Transaction, case_ids: Collection[UUID]) -> Sequence[Team]:
    """Read the current and future teams of some cases, ordered by first day."""
    statement = (
        select(TEAMS)
        .where(TEAMS.c.case_id.in_(case_ids), _has_work_left(tx.today))
        .order_by(TEAMS.c.case_id, TEAMS.c.effective_from, TEAMS.c.id)
    )
    return [_team(row) for row in (await tx.execute(statement)).mappings()]


async def cases_counting_on(tx: Transaction, member: Member) -> Sequence[UUID]:
    """Read the IDs of the cases whose current or future team includes this member."""
    statement = (
        select(TEAMS.c.case_id)
        .where(TEAMS.c[_COLUMN[member.role]] == member.id, _has_work_left(tx.today))
        .distinct()
        .order_by(TEAMS.c.case_id)
    )
    return list((await tx.execute(statement)).scalars())


async def first_day(tx: Transaction, case_id: UUID, *, after: date | None = None) -> date | None:
    """Return the first day of the earliest team of the case, after a day if one is given.

    None if there is no such team. Teams that were replaced before they began do not count.
    """
    statement = select(func.min(TEAMS.c.effective_from)).where(TEAMS.c.case_id == case_id, _works())
    if after is not None:
        statement = statement.where(TEAMS.c.effective_from > after)
    found: date | None = (await tx.execute(statement)).scalar()
    return found


async def first_days(tx: Transaction, case_id: UUID) -> Sequence[date]:
    """Return the first day of each team, except teams replaced before they began."""
    statement = select(TEAMS.c.effective_from).where(TEAMS.c.case_id == case_id, _works())
    return list((await tx.execute(statement)).scalars())


def _works() -> ColumnElement[bool]:
    """Condition that a team was not replaced before its first day."""
    until = TEAMS.c.effective_until
    return or_(until.is_(None), until > TEAMS.c.effective_from)


def _has_work_left(today: date) -> ColumnElement[bool]:
    """Condition that a team works today or will work."""
    until = TEAMS.c.effective_until
    return or_(until.is_(None), and_(until > today, _works()))


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

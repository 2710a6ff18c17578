"""A user reads a team, the team of a case on a day, or all teams of a case."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from supervision.domain.teams import Team
from supervision.storage import audit_record, cases, teams


async def show_team(tx: Transaction, team_id: UUID) -> Team:
    """Read a team by its ID. Raises NotFoundError unless the actor may see its case."""
    team = await teams.visible(tx, team_id)
    await _audited(tx, team.case_id, "team.read")
    return team


async def show_case_team(tx: Transaction, case_id: UUID, day: date) -> Team:
    """Read the team of a case on a day. Raises NotFoundError if no team works then."""
    await _audited(tx, case_id, "team.read")
    if (team := await teams.on_day(tx, case_id, day)) is not None:
        return team
    begins_on = await teams.first_day(tx, case_id, after=day)
    words = "" if begins_on is None else f"; the next begins on {begins_on}"
    raise NotFoundError(f"case {case_id} has no team on {day}{words}", code="team-not-found")


async def list_case_teams(
    tx: Transaction, case_id: UUID, *, after: tuple[date, UUID] | None, limit: int
) -> Sequence[Team]:
    """Read up to `limit` + 1 teams of a case, ordered by first day."""
    await _audited(tx, case_id, "teams.read")
    return await teams.listed(tx, case_id, after=after, limit=limit)


async def _audited(tx: Transaction, case_id: UUID, action: str) -> None:
    case = await cases.visible(tx, case_id)
    audit_record.of_case(tx, action, case)

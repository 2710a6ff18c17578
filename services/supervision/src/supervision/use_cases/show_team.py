"""Those concerned read a team."""

from uuid import UUID

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from supervision.domain.teams import Team
from supervision.storage import audit_record, cases, teams


async def show_team(tx: Transaction, team_id: UUID) -> Team:
    """Read a team by its id, for those who may see its case; NotFoundError for any other."""
    team = await teams.visible(tx, team_id)
    await _audited(tx, team.case_id)
    return team


async def show_case_team(tx: Transaction, case_id: UUID) -> Team:
    """Read the latest team of a case; NotFoundError where none was formed."""
    await _audited(tx, case_id)
    if (team := await teams.standing(tx, case_id)) is None:
        raise NotFoundError(f"case {case_id} has no team yet", code="team-not-found")
    return team


async def _audited(tx: Transaction, case_id: UUID) -> None:
    case = await cases.visible(tx, case_id)
    audit_record.of_case(tx, "team.read", case)

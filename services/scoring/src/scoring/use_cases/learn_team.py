"""Supervision formed a team: scoring now knows who treats, and to whom a score is given."""

from scoring.domain.cases import Team
from scoring.storage import cases
from shared.database.transaction import Transaction


async def learn_team(tx: Transaction, team: Team) -> None:
    """Keep the team beside those before it; NotYetKnownError until its case has arrived."""
    await cases.keep_team(tx, team)

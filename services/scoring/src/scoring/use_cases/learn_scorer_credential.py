"""A person may score one instrument for a time: one of the pieces that a scorer needs."""

from uuid import UUID

from scoring.storage import standings
from shared.database.transaction import Transaction
from shared.law.validity import Validity


async def learn_scorer_credential(
    tx: Transaction, credential_id: UUID, scorer_id: UUID, instrument: str, held: Validity
) -> None:
    """Keep for how long a scorer may score an instrument."""
    standings.keep_credential(tx, credential_id, scorer_id, instrument, held)

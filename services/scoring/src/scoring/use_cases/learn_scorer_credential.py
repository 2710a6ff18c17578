"""A person may score one instrument for a time: one of the pieces that a scorer needs."""

from uuid import UUID

from scoring.storage import standings
from shared.credentials.changes import CredentialChange
from shared.database.transaction import Transaction
from shared.law.validity import Validity


async def learn_scorer_credential(
    tx: Transaction, credential_id: UUID, scorer_id: UUID, instrument: str, term: Validity
) -> None:
    """Keep for how long a scorer may score an instrument."""
    standings.keep_credential(tx, credential_id, scorer_id, instrument, term)


async def learn_credential_end(tx: Transaction, change: CredentialChange) -> None:
    """Keep that it ended; it must have arrived."""
    await standings.keep_credential_change(tx, change)

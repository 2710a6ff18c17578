"""The Board certified a provider or a program, or changed that: one of what a scorer needs."""

from uuid import UUID

from scoring.storage import standings
from shared.credentials.changes import CredentialChange
from shared.database.transaction import Transaction
from shared.law.validity import Validity


async def learn_certification(
    tx: Transaction, certification_id: UUID, kind: str, holder_id: UUID, term: Validity
) -> None:
    """Keep for how long a `provider` or a `program` is certified."""
    standings.keep_certification(tx, certification_id, kind, holder_id, term)


async def learn_certification_change(tx: Transaction, change: CredentialChange) -> None:
    """Keep that it was suspended, reinstated, ended or corrected; it must have arrived."""
    await standings.keep_certification_change(tx, change)

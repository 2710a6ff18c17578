"""The Board certified a provider or a program: one of the pieces that a scorer needs."""

from uuid import UUID

from scoring.storage import standings
from shared.database.transaction import Transaction
from shared.law.validity import Validity


async def learn_certification(
    tx: Transaction, certification_id: UUID, kind: str, holder_id: UUID, held: Validity
) -> None:
    """Keep for how long a `provider` or a `program` is certified."""
    standings.keep_certification(tx, certification_id, kind, holder_id, held)

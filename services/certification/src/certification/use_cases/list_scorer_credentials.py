"""Whoever answers for a scorer sees for which instruments the scorer was certified, and when."""

from uuid import UUID

from certification.domain.credentials import ScorerCredential
from certification.storage import credentials
from shared.database.transaction import Transaction


async def list_scorer_credentials(
    tx: Transaction, scorer_id: UUID, *, after: UUID | None, limit: int
) -> list[ScorerCredential]:
    """Read one more than the limit, so that the caller knows whether there is another page."""
    return await credentials.scorer_credentials_of(tx, scorer_id, after=after, limit=limit)

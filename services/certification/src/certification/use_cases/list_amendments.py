"""The Board sees what was amended of a holder: by whom, why, and what it said before."""

from uuid import UUID

from certification.domain.amendments import Amendment
from certification.storage import amendments
from shared.database.transaction import Transaction


async def list_amendments(
    tx: Transaction, holder_id: UUID, *, after: UUID | None, limit: int
) -> list[Amendment]:
    """Read one more than the limit, so that the caller knows whether there is another page."""
    return await amendments.of_holder(tx, holder_id, after=after, limit=limit)

"""Both sides look up which scores are expected at DOJ, and whether DOJ saw them."""

from collections.abc import Sequence
from uuid import UUID

from doj_gateway.domain.notices import Expectation
from doj_gateway.storage import expectations
from doj_gateway.storage.expectations import ExpectationFilter
from shared.database.transaction import Transaction


async def list_expectations(
    tx: Transaction, narrowed: ExpectationFilter, *, after: UUID | None, limit: int
) -> Sequence[Expectation]:
    """List the expectations that the asker may see."""
    return await expectations.listed(tx, narrowed, after=after, limit=limit)

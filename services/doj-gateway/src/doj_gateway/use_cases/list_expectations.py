"""A user of either side lists the scores expected at DOJ, and whether DOJ saw them."""

from collections.abc import Sequence
from uuid import UUID

from doj_gateway.domain.notices import Expectation
from doj_gateway.storage import cases, expectations
from doj_gateway.storage.expectations import ExpectationFilter
from shared.database.transaction import Transaction


async def list_expectations(
    tx: Transaction, narrowed: ExpectationFilter, *, after: UUID | None, limit: int
) -> Sequence[Expectation]:
    """List the expectations that the actor may see. Each case is in the audit record."""
    found = await expectations.listed(tx, narrowed, after=after, limit=limit)

    await cases.KNOWN_CASES.audit(
        tx, "expectation.listed", [each.case_id for each in found[:limit]]
    )
    return found

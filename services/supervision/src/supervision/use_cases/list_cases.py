"""A user lists the cases that they may see."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.database.transaction import Transaction
from supervision.domain.cases import Case
from supervision.storage import audit_record, cases
from supervision.storage.cases import CaseFilter


async def list_cases(
    tx: Transaction, narrowed: CaseFilter, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Case]:
    """List up to `limit` + 1 cases, oldest first. Each case shown is in the audit record."""
    found = await cases.listed(tx, narrowed, after=after, limit=limit)

    for case in found[:limit]:
        audit_record.of_case(tx, "case.listed", case)
    return found

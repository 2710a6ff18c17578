"""A unit reads its inbox of shared scores, so that no score waits for one absent officer."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.database.transaction import Transaction
from supervision.domain.receipts import InboxItem
from supervision.storage import audit_record, shares


async def list_inbox(
    tx: Transaction,
    *,
    is_received: bool | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[InboxItem]:
    """List up to `limit` + 1 shared scores, oldest first. Each one shown is in the audit record."""
    found = await shares.inbox(tx, is_received=is_received, after=after, limit=limit)

    for item in found[:limit]:
        audit_record.of_share(tx, "share.listed", item.share)
    return found

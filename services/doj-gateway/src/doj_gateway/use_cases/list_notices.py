"""A user of either side lists DOJ's notices. Only overseers see unmatched ones."""

from collections.abc import Sequence
from uuid import UUID

from doj_gateway.domain.notices import DojNotice
from doj_gateway.storage import cases, notices
from doj_gateway.storage.notices import NoticeFilter
from shared.database.transaction import Transaction


async def list_notices(
    tx: Transaction, narrowed: NoticeFilter, *, after: UUID | None, limit: int
) -> Sequence[DojNotice]:
    """List the notices that the actor may see. Each case is in the audit record."""
    found = await notices.listed(tx, narrowed, after=after, limit=limit)

    await cases.KNOWN_CASES.audit(tx, "notice.listed", [each.case_id for each in found[:limit]])
    return found

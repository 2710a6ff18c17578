"""A user reads what happened in a case, in codes and dates."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.database.transaction import Transaction
from supervision.domain.timeline import TimelineEntry
from supervision.storage import audit_record, cases, timeline


async def show_timeline(
    tx: Transaction, case_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[TimelineEntry]:
    """Read up to `limit` + 1 entries, oldest first."""
    case = await cases.visible(tx, case_id)

    audit_record.of_case(tx, "timeline.read", case)
    return await timeline.listed(tx, case.id, after=after, limit=limit)

"""Those concerned read what happened in a case, in codes and dates."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.database.transaction import Transaction
from supervision.domain.timeline import TimelineEntry
from supervision.storage import cases, timeline


async def show_timeline(
    tx: Transaction, case_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[TimelineEntry]:
    """Read the entries, the oldest first, one more than `limit`."""
    case = await cases.visible(tx, case_id)

    tx.audit("timeline.read", subject_kind="person", subject_id=case.person_id)
    return await timeline.listed(tx, case.id, after=after, limit=limit)

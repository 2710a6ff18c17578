"""A person closes a work item: handled, not needed, or opened wrongly."""

from typing import TYPE_CHECKING
from uuid import UUID

from shared.work_items import work_item_queries, work_items
from shared.work_items.keeping import keep_resolved
from shared.work_items.work_item_tables import WORK_ITEMS
from shared.work_items.work_items import PersonsResolution, Resolved, WorkItem

if TYPE_CHECKING:
    from shared.database.transaction import Transaction


async def resolve_work_item(
    tx: "Transaction", item_id: UUID, resolution: PersonsResolution
) -> WorkItem:
    """Close one that the actor may see; ConflictError, with how and when, if it has ended."""
    await tx.lock(WORK_ITEMS, item_id)
    item = await work_item_queries.by_id(tx, item_id)
    ended = work_items.resolved(item, Resolved(resolution, tx.now, tx.actor.subject))

    keep_resolved(tx, [ended])
    tx.audit("work-item.resolved", subject_kind="work-item", subject_id=item_id)
    return ended

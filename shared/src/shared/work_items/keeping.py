"""Opens and resolves work items in the caller's transaction, and publishes the events."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import orjson
from sqlalchemy import bindparam, text, update

from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.work_items import work_item_events, work_items
from shared.work_items.work_item_rows import row_of, work_item_of
from shared.work_items.work_item_tables import WORK_ITEMS
from shared.work_items.work_items import Opening, Resolved, WorkItem

ENDS = ("resolution", "resolved_at", "resolved_by", "version")
_OPEN = text(
    """
    INSERT INTO work_items
    SELECT * FROM jsonb_populate_recordset(CAST(NULL AS work_items), CAST(:rows AS jsonb))
    ON CONFLICT DO NOTHING
    RETURNING id
    """
)
"""One array parameter for any number of rows: a program's suspension opens thousands."""
_RESOLVE = (
    update(WORK_ITEMS)
    .where(WORK_ITEMS.c.id == bindparam("item_id"))
    .values({name: bindparam(f"new_{name}") for name in ENDS})
)


async def open_work_items(tx: Transaction, openings: Sequence[Opening]) -> list[WorkItem]:
    """Open the new ones: not opened before by the same fact, and not open on the same evidence."""
    items = [WorkItem(new_id(), each, tx.now) for each in openings]
    if not items:
        return []
    rows = orjson.dumps([row_of(item) for item in items], default=str).decode()
    opened: set[UUID] = set((await tx.execute(_OPEN, {"rows": rows})).scalars())
    news = [item for item in items if item.id in opened]
    for item in news:
        tx.count_as_locked(item.id)
        tx.publish(work_item_events.opened(item))
    return news


async def resolve_by_facts(tx: Transaction, cures: Mapping[UUID, str]) -> list[WorkItem]:
    """Resolve each with the code of the fact that settled it; resolved ones stay unchanged."""
    items = [work_item_of(row) for row in await tx.lock_all(WORK_ITEMS, cures)]
    ended = [
        work_items.resolved(item, Resolved(cures[item.id], tx.now, tx.actor.subject))
        for item in items
        if item.is_open
    ]
    update_resolved(tx, ended)
    return ended


def update_resolved(tx: Transaction, items: Iterable[WorkItem]) -> None:
    """Store how locked work items were resolved, and publish it."""
    for item in items:
        row, how = row_of(item), item.resolved
        if how is None:
            raise ValueError(f"work item {item.id} is not resolved")
        tx.write_soon(_RESOLVE, {"item_id": item.id, **{f"new_{n}": row[n] for n in ENDS}})
        tx.publish(work_item_events.resolved(item, how))

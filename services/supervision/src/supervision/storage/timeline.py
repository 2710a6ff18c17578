"""Queries for timelines. Own events are added when published, others when consumed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from shared.database.transaction import Transaction
from shared.events.event import Event
from supervision.domain.timeline import TimelineEntry, summarize
from supervision.storage.tables import TIMELINE_ENTRIES


async def insert_if_new(tx: Transaction, entry: TimelineEntry) -> None:
    """Insert an entry, unless its event is on the timeline already."""
    statement = insert(TIMELINE_ENTRIES).values(**entry.__dict__)
    await tx.execute(statement.on_conflict_do_nothing())


async def announce(tx: Transaction, event: Event, case_id: UUID) -> None:
    """Publish an event of this service and add it to the timeline."""
    kind = event.type_for(tx.service)
    entry = TimelineEntry(
        id=tx.publish(event),
        case_id=case_id,
        at=tx.now,
        kind=kind,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        summary=summarize(kind, event.model_dump(mode="json")),
    )
    await insert_if_new(tx, entry)


async def listed(
    tx: Transaction, case_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[TimelineEntry]:
    """Read up to `limit` + 1 entries of a case, oldest first."""
    table = TIMELINE_ENTRIES
    statement = (
        select(table)
        .where(table.c.case_id == case_id)
        .order_by(table.c.at, table.c.id)
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(tuple_(table.c.at, table.c.id) > tuple_(*after))
    return [TimelineEntry(**row) for row in (await tx.execute(statement)).mappings()]


async def forget(tx: Transaction, event_id: UUID) -> None:
    """Delete the entry of a lost event."""
    await tx.execute(delete(TIMELINE_ENTRIES).where(TIMELINE_ENTRIES.c.id == event_id))

"""How long the log is kept: forever, unless an operator drops old partitions of the table.

A partition is never dropped if Kafka has not acknowledged it, a reader needs it, or it is in use.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.messaging.log import readers
from shared.messaging.log.interventions import log_id
from shared.messaging.log.log_partitions import EVENTS_PER_PARTITION

_PARTITIONS = text(
    """
    SELECT child.relname AS name
    FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
    WHERE inhparent = 'event_log'::regclass ORDER BY child.relname
    """
)
_PUBLISHED = text("SELECT published_through FROM published")


@dataclass(frozen=True)
class Floor:
    """The sequence up to which the log may be dropped, and what keeps the rest."""

    sequence: int
    held_by: str


async def floor(tx: Transaction) -> Floor:
    """Return the highest sequence that nobody needs any more."""
    published = (await tx.execute(_PUBLISHED)).scalar_one_or_none() or 0
    needs = [Floor(each.needs_after, f"reader {each.name}") for each in await readers.listed(tx)]
    return min(
        [Floor(published, "not yet acknowledged by Kafka"), *needs], key=lambda f: f.sequence
    )


async def prune(tx: Transaction, before: datetime, size: int = EVENTS_PER_PARTITION) -> list[str]:
    """Drop the partitions whose events are all older than an instant; return their names."""
    lowest = await floor(tx)
    dropped: list[str] = []
    for (name,) in (await tx.execute(_PARTITIONS)).all():
        last = (int(name.removeprefix("event_log_")) + 1) * size - 1
        if last > lowest.sequence or await _newest(tx, name) >= before:
            break
        await tx.execute(text(f"ALTER TABLE event_log DETACH PARTITION {name}"))
        await tx.execute(text(f"DROP TABLE {name}"))
        tx.audit("log.prune", subject_kind="log", subject_id=log_id(tx.service))
        dropped.append(name)
    return dropped


async def _newest(tx: Transaction, name: str) -> datetime:
    """When the last event of a partition happened."""
    newest = text(f"SELECT occurred_at FROM {name} ORDER BY sequence DESC LIMIT 1")  # noqa: S608 - a name of our own
    found: datetime | None = (await tx.execute(newest)).scalar_one_or_none()
    return found or datetime.max.replace(tzinfo=tx.now.tzinfo)

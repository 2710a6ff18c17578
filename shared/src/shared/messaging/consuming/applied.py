"""Records which events of other logs were applied, as long as one of those logs may change.

A log whose database was restored has lost events it had published, and a foreign record may have
been applied by mistake. With these rows a consumer can find and undo what it applied. They are
written in the transaction that applies the event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.messaging.wire.envelope import Envelope
from shared.messaging.wire.partition import Partition

_NOTE = text(
    """
    INSERT INTO applied_events (consumer, topic, partition, epoch, sequence, previous_sequence,
                                event_id, type, subject_id, data, applied_at)
    SELECT :consumer, :topic, :partition, event.*, clock_timestamp()
    FROM unnest(CAST(:epochs AS bigint[]), CAST(:sequences AS bigint[]),
                CAST(:previous AS bigint[]), CAST(:event_ids AS uuid[]), CAST(:types AS text[]),
                CAST(:subject_ids AS uuid[]), CAST(:datas AS bytea[])) AS event
    ON CONFLICT ON CONSTRAINT pk_applied_events DO NOTHING
    """
)
_AT = text(
    """
    SELECT sequence, event_id FROM applied_events
    WHERE consumer = :consumer AND topic = :topic AND epoch = :epoch
      AND sequence = ANY(CAST(:sequences AS bigint[]))
    """
)
_LAST = text(
    """
    SELECT event_id FROM applied_events
    WHERE consumer = :consumer AND topic = :topic AND epoch = :epoch AND sequence = :sequence
    """
)
_BETWEEN = text(
    """
    SELECT epoch, sequence, previous_sequence, event_id, type, subject_id, data
    FROM applied_events
    WHERE consumer = :consumer AND topic = :topic AND partition = :partition
      AND sequence > :after AND sequence <= coalesce(:through, sequence)
    ORDER BY epoch, sequence
    """
)
_OLDEST = text(
    """
    SELECT min(sequence) FROM applied_events
    WHERE consumer = :consumer AND topic = :topic AND partition = :partition
    """
)
_FORGET = text(
    """
    DELETE FROM applied_events
    WHERE consumer = :consumer AND topic = :topic AND epoch = :epoch AND sequence = :sequence
    """
)
_PRUNE = text(
    """
    DELETE FROM applied_events WHERE consumer = :consumer
      AND applied_at < clock_timestamp() - make_interval(days => :days)
    """
)


@dataclass(frozen=True)
class AppliedEvent:
    """One event as it was applied."""

    epoch: int
    sequence: int
    previous_sequence: int
    event_id: UUID
    type: str
    subject_id: UUID
    data: bytes


async def note(
    tx: Transaction, consumer: str, partition: Partition, events: Sequence[Envelope]
) -> None:
    """Record events of one partition as applied."""
    if events:
        await tx.execute(
            _NOTE,
            {
                **_place(consumer, partition),
                "partition": partition.number,
                "epochs": [event.epoch for event in events],
                "sequences": [event.sequence for event in events],
                "previous": [event.previous_sequence for event in events],
                "event_ids": [event.event_id for event in events],
                "types": [event.type for event in events],
                "subject_ids": [event.subject_id for event in events],
                "datas": [event.data for event in events],
            },
        )


async def ids_at(
    tx: Transaction, consumer: str, partition: Partition, epoch: int, sequences: Sequence[int]
) -> dict[int, UUID]:
    """Return the id of the event applied at each of these sequences, if known."""
    if not sequences:
        return {}
    asked = {"epoch": epoch, "sequences": sequences}
    found = await tx.execute(_AT, _place(consumer, partition) | asked)
    return {row["sequence"]: row["event_id"] for row in found.mappings()}


async def event_at(
    tx: Transaction, consumer: str, partition: Partition, epoch: int, sequence: int
) -> UUID | None:
    """Return the id of the event applied at a sequence; None if none was, or its row was pruned."""
    asked = _place(consumer, partition) | {"epoch": epoch, "sequence": sequence}
    event_id: UUID | None = (await tx.execute(_LAST, asked)).scalar_one_or_none()
    return event_id


async def between(
    tx: Transaction, consumer: str, partition: Partition, after: int, through: int | None
) -> list[AppliedEvent]:
    """Return the events applied after one sequence through another; None for all."""
    place = {**_place(consumer, partition), "partition": partition.number}
    found = await tx.execute(_BETWEEN, place | {"after": after, "through": through})
    return [AppliedEvent(**row) for row in found.mappings()]


async def oldest(tx: Transaction, consumer: str, partition: Partition) -> int | None:
    """Return the first sequence known to have been applied; None if there is none."""
    place = {**_place(consumer, partition), "partition": partition.number}
    sequence: int | None = (await tx.execute(_OLDEST, place)).scalar_one()
    return sequence


async def forget(tx: Transaction, consumer: str, partition: Partition, event: AppliedEvent) -> None:
    """Record that an event has been undone."""
    place = {"epoch": event.epoch, "sequence": event.sequence}
    await tx.execute(_FORGET, _place(consumer, partition) | place)


async def prune(tx: Transaction, consumer: str, days: int) -> None:
    """Delete records so old that no log can be restored to before them."""
    await tx.execute(_PRUNE, {"consumer": consumer, "days": days})


def _place(consumer: str, partition: Partition) -> dict[str, object]:
    return {"consumer": consumer, "topic": partition.topic}

"""A consumer's progress in each partition; every batch locks its row first."""

from dataclasses import dataclass

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.messaging.wire.partition import Partition

NOTHING_YET = 0

_FIRST = text(
    """
    INSERT INTO consumer_progress (consumer, topic, partition, epoch, next_offset, last_sequence)
    VALUES (:consumer, :topic, :partition, 0, 0, 0)
    ON CONFLICT ON CONSTRAINT pk_consumer_progress DO NOTHING
    """
)
_LOCKED = text(
    """
    SELECT epoch, next_offset, last_sequence FROM consumer_progress
    WHERE consumer = :consumer AND topic = :topic AND partition = :partition FOR UPDATE
    """
)
_STORE = text(
    """
    UPDATE consumer_progress
    SET epoch = :epoch, next_offset = :next_offset, last_sequence = :last_sequence
    WHERE consumer = :consumer AND topic = :topic AND partition = :partition
    """
)


@dataclass(frozen=True)
class Progress:
    """The current epoch, the next offset and the last sequence applied; epoch 0 means none yet."""

    epoch: int
    next_offset: int
    last_sequence: int


class ProgressMovedError(Exception):
    """Another process has continued, or this process does not know whether its commit succeeded."""


async def begin(tx: Transaction, consumer: str, partition: Partition) -> Progress:
    """Read and lock the row, creating it if the partition is new."""
    await tx.execute(_FIRST, _key(consumer, partition))
    return await locked(tx, consumer, partition)


async def locked(tx: Transaction, consumer: str, partition: Partition) -> Progress:
    """Lock the row until the transaction ends."""
    found = await tx.execute(_LOCKED, _key(consumer, partition))
    row = found.mappings().one_or_none()
    if row is None:
        raise ProgressMovedError(f"no progress of {consumer} in {partition}")
    return Progress(**row)


async def store(tx: Transaction, consumer: str, partition: Partition, progress: Progress) -> None:
    """Write the row that this transaction has locked."""
    await tx.execute(_STORE, {**_key(consumer, partition), **progress.__dict__})


def _key(consumer: str, partition: Partition) -> dict[str, object]:
    return {"consumer": consumer, "topic": partition.topic, "partition": partition.number}

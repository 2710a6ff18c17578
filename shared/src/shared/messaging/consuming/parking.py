"""Parked messages: one queue per consumer, topic and subject, in the order of the log.

Only the head of a queue is tried; later messages for the same subject join behind it. So one
subject's events stay in order and delay nobody else's. A record that could not be read has no
subject and delays none.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.messaging.consuming.handling import Failure, ParkedState
from shared.messaging.wire.envelope import Envelope, KafkaRecord
from shared.messaging.wire.partition import Partition

FOREIGN = "foreign"
"""The reason for a record that is in no log, or whose epoch has ended."""
UNDECODABLE = "undecodable"
"""The reason for offsets that the client library cannot decode; there is nothing to store."""
NOT_IN_THE_LOG = "it is not in the log, or no longer"
"""The reason of a message that was discarded automatically."""
JOINED = Failure(ParkedState.WAITING, "behind", "an earlier message of the same subject waits")

FIRST_RETRY_SECONDS = 0.1
LONGEST_RETRY_SECONDS = 60.0
_QUEUE_LOCK = 0x7061726B  # a key space of its own beside the subjects' advisory locks

_PARK = text(
    """
    INSERT INTO parked_messages (
        id, consumer, topic, partition, record_offset, epoch, sequence, subject_id, event_id, type,
        record, reason, error, state, attempts, parked_at, next_attempt_at)
    VALUES (
        :id, :consumer, :topic, :partition, :record_offset, :epoch, :sequence, :subject_id,
        :event_id, :type, :record, :reason, :error, :state, :attempts, clock_timestamp(),
        clock_timestamp() + make_interval(secs => :delay))
    ON CONFLICT DO NOTHING
    """
)
_QUEUED = text(
    """
    SELECT DISTINCT subject_id FROM parked_messages
    WHERE consumer = :consumer AND topic = :topic AND state IN ('waiting', 'dead')
      AND subject_id = ANY(:subject_ids)
    """
)
_TRY_LOCK = text("SELECT pg_try_advisory_xact_lock(:space, hashtext(:queue))")
_LOCK = text("SELECT pg_advisory_xact_lock(:space, hashtext(:queue))")


_DISCARD_FOREIGN = text(
    """
    UPDATE parked_messages SET state = 'discarded', resolved_at = clock_timestamp(),
           resolved_by = :by, resolved_why = :why
    WHERE consumer = :consumer AND topic = :topic AND partition = :partition
      AND state = 'dead' AND reason = :foreign
    """
)
_BETWEEN = text(
    """
    SELECT id, sequence, event_id FROM parked_messages
    WHERE consumer = :consumer AND topic = :topic AND partition = :partition
      AND state IN ('waiting', 'dead') AND sequence > :after
      AND sequence <= coalesce(:through, sequence)
    """
)
_DISCARD = text(
    """
    UPDATE parked_messages SET state = 'discarded', resolved_at = clock_timestamp(),
           resolved_by = :by, resolved_why = :why
    WHERE id = ANY(:ids) AND state IN ('waiting', 'dead')
    """
)


@dataclass(frozen=True)
class WaitingMessage:
    """A waiting or dead message, by its place in its log."""

    id: UUID
    sequence: int
    event_id: UUID


@dataclass(frozen=True)
class Queue:
    """The parked messages of one subject on one topic."""

    consumer: str
    topic: str
    subject_id: UUID

    @property
    def lock(self) -> dict[str, object]:
        """The lock taken while its head is tried or decided; two queues may share it."""
        queue = f"{self.consumer}/{self.topic}/{self.subject_id}"
        return {"space": _QUEUE_LOCK, "queue": queue}


async def try_lock_queue(tx: Transaction, queue: Queue) -> bool:
    """Lock a queue until the transaction ends, unless it is locked."""
    is_taken: bool = (await tx.execute(_TRY_LOCK, queue.lock)).scalar_one()
    return is_taken


async def lock_queue(tx: Transaction, queue: Queue) -> None:
    """Lock a queue until the transaction ends, waiting if it is locked."""
    await tx.execute(_LOCK, queue.lock)


async def park(
    tx: Transaction, consumer: str, record: KafkaRecord, envelope: Envelope | None, why: Failure
) -> None:
    """Park a record; `envelope` is None for one that cannot be read."""
    attempts = 0 if why is JOINED else 1
    await tx.execute(
        _PARK,
        {
            "id": new_id(),
            "consumer": consumer,
            "topic": record.topic,
            "partition": record.partition,
            "record_offset": record.offset,
            "epoch": envelope and envelope.epoch,
            "sequence": envelope and envelope.sequence,
            "subject_id": envelope and envelope.subject_id,
            "event_id": envelope and envelope.event_id,
            "type": envelope and envelope.type,
            "record": packed(record),
            "reason": why.reason,
            "error": why.error,
            "state": why.state,
            "attempts": attempts,
            "delay": delay(attempts),
        },
    )


async def discard_foreign(tx: Transaction, consumer: str, partition: Partition) -> None:
    """Discard the foreign records of an epoch that has ended."""
    place = {"consumer": consumer, "topic": partition.topic, "partition": partition.number}
    decided = {"foreign": FOREIGN, "by": tx.actor.subject, "why": NOT_IN_THE_LOG}
    await tx.execute(_DISCARD_FOREIGN, place | decided)


async def between(
    tx: Transaction, consumer: str, partition: Partition, after: int, through: int | None
) -> list[WaitingMessage]:
    """Return the messages parked after one sequence through another; None for all."""
    place = {"consumer": consumer, "topic": partition.topic, "partition": partition.number}
    found = await tx.execute(_BETWEEN, place | {"after": after, "through": through})
    return [WaitingMessage(**row) for row in found.mappings()]


async def discard(tx: Transaction, messages: Collection[WaitingMessage], why: str) -> None:
    """Discard these messages."""
    ids = [message.id for message in messages]
    await tx.execute(_DISCARD, {"ids": ids, "by": tx.actor.subject, "why": why})


async def queued(
    tx: Transaction, consumer: str, topic: str, subject_ids: Collection[UUID]
) -> set[UUID]:
    """Return the subjects that have a queue."""
    if not subject_ids:
        return set()
    asked = {"consumer": consumer, "topic": topic, "subject_ids": list(subject_ids)}
    return set((await tx.execute(_QUEUED, asked)).scalars())


def delay(attempts: int) -> float:
    """Seconds until the next attempt, doubling up to a minute."""
    if attempts == 0:
        return 0.0
    return float(min(FIRST_RETRY_SECONDS * 2 ** min(attempts - 1, 16), LONGEST_RETRY_SECONDS))


def packed(record: KafkaRecord) -> bytes:
    """Encode a record for storage: latin-1 maps any bytes to text and back."""
    headers = [[name, value.decode("latin-1")] for name, value in record.headers]
    return json.dumps({"headers": headers, "value": record.value.decode("latin-1")}).encode()


def unpacked(topic: str, partition: int, offset: int, record: bytes) -> KafkaRecord:
    """Decode the record as it was in Kafka."""
    kept = json.loads(record)
    headers = tuple((name, value.encode("latin-1")) for name, value in kept["headers"])
    return KafkaRecord(topic, partition, offset, headers, kept["value"].encode("latin-1"))

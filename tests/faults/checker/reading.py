"""Reads the recorded history from databases and topics, once everything has come to rest."""

from collections import Counter
from collections.abc import Collection, Sequence
from uuid import UUID

import asyncpg
import orjson

from faults.checker.recorded import Consuming, Delivered, Logged, Producing
from shared.messaging.kafka import topics
from shared.messaging.wire.envelope import MalformedRecordError, parse
from shared.process.settings import KafkaSettings

DEEPEST = 100_000
OPEN = "state IN ('waiting', 'dead')"

_LOG = """
    SELECT event_id, sequence, previous_sequence, partition, subject_id, type, data,
           coalesce((SELECT max(epoch) FROM log_epochs WHERE began_after < sequence), 1) AS epoch
    FROM event_log ORDER BY sequence
"""
_LEFT_TO_PUBLISH = """
    SELECT (SELECT count(*) FROM outbox) AS unsequenced,
           (SELECT sequenced_through FROM publication)
               - (SELECT published_through FROM published) AS unpublished
"""


async def producing(connection: asyncpg.Connection, kafka: KafkaSettings, topic: str) -> Producing:
    """Read a service's log, and what its topic holds."""
    return Producing(await logged(connection), await delivered(kafka, topic))


async def logged(connection: asyncpg.Connection) -> list[Logged]:
    """Read a log."""
    return [
        Logged(
            sequence=row["sequence"],
            event_id=row["event_id"],
            subject_id=row["subject_id"],
            partition=row["partition"],
            previous=row["previous_sequence"],
            epoch=row["epoch"],
            type=row["type"],
            number=orjson.loads(row["data"]).get("number"),
        )
        for row in await connection.fetch(_LOG)
    ]


async def delivered(kafka: KafkaSettings, topic: str) -> list[Delivered]:
    """Read every event of a topic, by partition; watermarks and foreign bytes are none."""
    found = []
    tails = await topics.tails(kafka, topic, range(kafka.kafka_partitions), DEEPEST)
    for tail in tails.values():
        for record in tail.records:
            try:
                event = parse(record)
            except MalformedRecordError:
                continue
            if event.sequence is not None and event.subject_id is not None:
                place = (record.partition, event.epoch, event.sequence)
                found.append(Delivered(*place, event.event_id, event.subject_id))
    return found


async def left_to_publish(connection: asyncpg.Connection) -> dict[str, int]:
    """Say what of a log has not come to Kafka yet; empty when all has."""
    row = await connection.fetchrow(_LEFT_TO_PUBLISH)
    assert row is not None
    return {name: count for name, count in row.items() if count != 0}


async def left_to_consume(
    reader: asyncpg.Connection, writer: asyncpg.Connection, topic: str
) -> dict[int, str]:
    """Say in which partitions a consumer is not where the log ends; empty when in none."""
    head = await writer.fetchrow("SELECT epoch, tails FROM publication")
    if head is None:
        return {}
    rows = await reader.fetch(
        "SELECT partition, last_sequence FROM consumer_progress WHERE topic = $1", topic
    )
    stands = {row["partition"]: row["last_sequence"] for row in rows}
    return {
        partition: f"stands at {stands.get(partition, 0)} of {tail}"
        for partition, tail in enumerate(head["tails"])
        if stands.get(partition, 0) != tail
    }


async def left_to_retry(reader: asyncpg.Connection, poisoned: Collection[str]) -> list[str]:
    """Say why messages still wait that the test did not poison."""
    parked = await reader.fetch(f"SELECT reason FROM parked_messages WHERE {OPEN}")  # noqa: S608 - a constant
    return [row["reason"] for row in parked if row["reason"] not in poisoned]


async def consuming(reader: asyncpg.Connection) -> Consuming:
    """Read what the counting service noted, and what waits there."""
    tallies = await reader.fetch("SELECT thing_id, numbers FROM tallies")
    parked = await reader.fetch(f"SELECT reason FROM parked_messages WHERE {OPEN}")  # noqa: S608 - a constant
    return Consuming(
        applied=await _ids(reader, "SELECT event_id FROM notes ORDER BY id"),
        projection={row["thing_id"]: row["numbers"] for row in tallies},
        followed_from=Counter(await _ids(reader, "SELECT causation_id FROM outbox")),
        parked=[row["reason"] for row in parked],
    )


async def _ids(connection: asyncpg.Connection, query: str) -> Sequence[UUID]:
    return [row[0] for row in await connection.fetch(query)]

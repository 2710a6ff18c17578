"""The ceiling of consuming: a bare consumer reads a topic, and only then looks at what it read."""

import asyncio
from dataclasses import asdict
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from benchmarks.events.checking import check, told
from benchmarks.events.place import PARTITIONS, Place
from benchmarks.events.processes import Meter
from benchmarks.events.role import play, ready


async def consume(place: Place, _: dict[str, Any], __: asyncio.Event) -> dict[str, Any]:
    """Read the topic to its end; say how fast, and whether what was written is there in order."""
    client = AIOKafkaConsumer(bootstrap_servers=place.kafka, auto_offset_reset="earliest")
    await client.start()
    places = [TopicPartition(place.topic, number) for number in range(PARTITIONS)]
    client.assign(places)
    left = sum((await client.end_offsets(places)).values())
    ready()
    meter, read = Meter(), list[ConsumerRecord]()
    while left > len(read):
        for records in (await client.getmany(timeout_ms=1000)).values():
            read += records
    cost = meter.read()
    await client.stop()
    faults = check(await _written(place), [told(record) for record in read])
    return {
        "per_second": len(read) / cost.seconds,
        "cpu_per_1000": cost.cpu_seconds / len(read) * 1000,
        "faults": asdict(faults),
    }


async def _written(place: Place) -> set[str]:
    connection = await place.connect()
    rows = await connection.fetch("SELECT event_id::text FROM written")
    await connection.close()
    return {row[0] for row in rows}


if __name__ == "__main__":
    play(consume)

"""A bare consumer: when it saw each record, by the machine's own clock, and what was in it."""

import asyncio
import time
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord

from benchmarks.events.checking import told
from benchmarks.events.place import Place
from benchmarks.events.role import play, ready


async def read(place: Place, _: dict[str, Any], stop: asyncio.Event) -> dict[str, Any]:
    """Read the topic until told to stop; return every record, duplicates and all."""
    client = AIOKafkaConsumer(
        place.topic, bootstrap_servers=place.kafka, auto_offset_reset="earliest"
    )
    await client.start()
    ready()
    seen: list[tuple[int, ConsumerRecord]] = []
    while not stop.is_set():
        fetched = await client.getmany(timeout_ms=200)
        now = time.monotonic_ns()
        seen += [(now, record) for records in fetched.values() for record in records]
    await client.stop()
    return {"seen": [told(record, at) for at, record in seen]}


if __name__ == "__main__":
    play(read)

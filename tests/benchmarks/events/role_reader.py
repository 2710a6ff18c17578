"""A bare consumer: when it saw each record, by the machine's own clock, and what was in it."""

import asyncio
import json
import time
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord

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
    return {"seen": [_told(at, record) for at, record in seen]}


def _told(at: int, record: ConsumerRecord) -> dict[str, Any]:
    headers = {name: value.decode() for name, value in record.headers}
    is_event = "ce_subject" in headers
    return {
        "at": at,
        "partition": record.partition,
        "id": headers["ce_id"],
        "subject": headers.get("ce_subject"),
        "number": json.loads(record.value)["number"] if is_event else None,
        "sequence": headers.get("ce_sequence"),
        "previous": headers.get("ce_previoussequence"),
    }


if __name__ == "__main__":
    play(read)

"""The ceiling of sending: an idempotent producer alone, with records that were made beforehand.

By record: every record is handed over by itself and the collector runs as Python sets it, as in
most programs. Tuned: the same, garbage looked for as rarely as in a worker. By batch: whole batches
of one partition, as the publisher does.
"""

import asyncio
import gc
from collections import defaultdict
from typing import Any

from aiokafka import AIOKafkaProducer

from benchmarks.events.place import Place
from benchmarks.events.processes import Cost, Meter
from benchmarks.events.records import Records, records_of
from benchmarks.events.role import play, ready
from shared.messaging.kafka.producer import Producer, acknowledged

IN_FLIGHT = 10_000
AT_ONCE = 2_000
PYTHON_COLLECTS = (700, 10, 10)
_BATCH_BYTES = 262_144


async def produce(place: Place, options: dict[str, Any], _: asyncio.Event) -> dict[str, float]:
    """Send what the log of a place holds to another topic, and say how long it took."""
    records = await records_of(place)
    ready()
    if options["how"] == "by record":
        gc.set_threshold(*PYTHON_COLLECTS)
    send = _by_batch if options["how"] == "by batch" else _one_by_one
    cost = await send(place, options["topic"], records)
    return {
        "per_second": len(records) / cost.seconds,
        "cpu_per_1000": cost.cpu_seconds / len(records) * 1000,
    }


async def _one_by_one(place: Place, topic: str, records: Records) -> Cost:
    client = AIOKafkaProducer(
        bootstrap_servers=place.kafka,
        enable_idempotence=True,
        acks="all",
        linger_ms=0,
        max_batch_size=_BATCH_BYTES,
    )
    await client.start()
    meter = Meter()
    for first in range(0, len(records), IN_FLIGHT):
        sent = [
            await client.send(topic, value, key, partition=partition, headers=headers)
            for partition, (key, value, headers) in records[first : first + IN_FLIGHT]
        ]
        await asyncio.gather(*sent)
    cost = meter.read()
    await client.stop()
    return cost


async def _by_batch(place: Place, topic: str, records: Records) -> Cost:
    producer = Producer(place.kafka_settings, topic)
    await producer.start()
    meter = Meter()
    unacknowledged: list[Any] = []
    for first in range(0, len(records), AT_ONCE):
        by_partition = defaultdict(list)
        for partition, record in records[first : first + AT_ONCE]:
            by_partition[partition].append(record)
        sending = (producer.send(*each, first_alone=False) for each in by_partition.items())
        unacknowledged += [one for each in await asyncio.gather(*sending) for one in each]
    await acknowledged(unacknowledged)
    cost = meter.read()
    await producer.stop()
    return cost


if __name__ == "__main__":
    play(produce)

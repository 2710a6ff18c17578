"""The floor of every delay: records sent at a steady rate by a bare producer, no database in it."""

import asyncio
import time
from typing import Any

from aiokafka import AIOKafkaProducer

from benchmarks.events.place import PARTITIONS, Place
from benchmarks.events.role import play, ready
from benchmarks.events.workload import NOTE
from shared.identifiers import new_id


async def echo(place: Place, options: dict[str, Any], _: asyncio.Event) -> dict[str, Any]:
    """Send for so many seconds at so many records a second; return when each was handed over."""
    client = AIOKafkaProducer(
        bootstrap_servers=place.kafka, enable_idempotence=True, acks="all", linger_ms=0
    )
    await client.start()
    ready()
    began, sent, waiting = time.monotonic(), {}, []
    for nth in range(int(options["rate"] * options["seconds"])):
        await asyncio.sleep(began + nth / options["rate"] - time.monotonic())
        name = str(new_id())
        sent[name] = time.monotonic_ns()
        waiting.append(
            await client.send(
                place.topic,
                NOTE.encode(),
                partition=nth % PARTITIONS,
                headers=[("ce_id", name.encode())],
            )
        )
    await asyncio.gather(*waiting)
    await client.stop()
    return {"committed": sent}


if __name__ == "__main__":
    play(echo)

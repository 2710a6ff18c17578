"""The publisher of a service, in a process of its own."""

import asyncio
from typing import Any

from benchmarks.events.place import Place
from benchmarks.events.role import play, ready
from shared.messaging.publishing.publisher import Publisher


async def publish(place: Place, _: dict[str, Any], stop: asyncio.Event) -> None:
    """Publish until told to stop."""
    publisher = Publisher(place.database_settings, place.kafka_settings, service=place.service)
    working = asyncio.create_task(publisher.run(stop))
    while await publisher.reason() is not None and not working.done():  # noqa: ASYNC110 - polled
        await asyncio.sleep(0.05)
    ready()
    await working


if __name__ == "__main__":
    play(publish)

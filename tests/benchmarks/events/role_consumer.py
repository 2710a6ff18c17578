"""The consumer of a service, whose handler writes one row for each event."""

import asyncio
from typing import Any

from sqlalchemy import text

from benchmarks.events.place import Place
from benchmarks.events.role import play, ready
from benchmarks.events.workload import ThingMoved
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Transaction
from shared.messaging.consuming.consumer import Consumer
from shared.messaging.consuming.handlers import EventHandlers, Received
from shared.testing.feeds import feed_of

_KEEP = text("INSERT INTO movements (event_id, thing_id, number) VALUES (:event, :thing, :number)")


async def keep(tx: Transaction, event: Received[ThingMoved]) -> None:
    """Project one event."""
    moved = {"event": event.event_id, "thing": event.data.thing_id, "number": event.data.number}
    tx.write_soon(_KEEP, moved)


async def consume(place: Place, _: dict[str, Any], stop: asyncio.Event) -> None:
    """Consume until told to stop."""
    handlers = EventHandlers()
    handlers.on(ThingMoved, keep, service=place.service)
    engine = create_engine(place.database_settings, "consumer")
    database = Database(engine, SystemClock(), f"{place.service}-reader")
    producing = Database(engine, SystemClock(), place.service)
    consumer = Consumer(
        database,
        place.kafka_settings,
        service=database.service,
        handlers=handlers,
        feed=feed_of(producing),
    )
    ready()
    await consumer.run(stop)
    await engine.dispose()


if __name__ == "__main__":
    play(consume)

"""Certification's log beside a service that consumes it, over a broker of the test's own.

The topic is the real one, which no other test may write to; publisher and consumer are the real
ones too.
"""

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from faults.own_server import own_kafka
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause
from shared.events.event import Event
from shared.identifiers import new_id
from shared.messaging.consuming.consumer import Consumer
from shared.messaging.consuming.handlers import EventHandlers
from shared.messaging.publishing.publisher import Publisher
from shared.process.settings import DatabaseSettings, KafkaSettings
from shared.security.principals import process_actor
from shared.testing.feeds import feed_of
from shared.testing.messaging import running

SERVICE = "certification"


@dataclass(frozen=True)
class Certification:
    """Certification as far as its log is concerned."""

    database: Database

    async def announce(self, *events: Event) -> None:
        """Announce facts, each in a transaction of its own."""
        for event in events:
            cause = Cause(process_actor(SERVICE), new_id())
            async with self.database.transaction(cause) as tx:
                await tx.lock_subject(event.subject_id)
                tx.publish(event)


@asynccontextmanager
async def certification_heard_by(
    consuming: Database, handlers: EventHandlers, new_database: Callable[[str | None], str]
) -> AsyncIterator[Certification]:
    """Run certification's publisher and a service's consumer, until the block ends."""
    told = DatabaseSettings(database_url=SecretStr(new_database(SERVICE)))
    database = Database(create_engine(told, SERVICE), SystemClock(), SERVICE)
    async with AsyncExitStack() as stack:
        kafka = await stack.enter_async_context(_broker())
        consumer = Consumer(
            Database(consuming.engine, SystemClock(), consuming.service),
            kafka,
            service=consuming.service,
            handlers=handlers,
            feed=feed_of(database),
        )
        await stack.enter_async_context(running(Publisher(told, kafka, service=SERVICE)))
        await stack.enter_async_context(running(consumer))
        yield Certification(database)
    await database.engine.dispose()


@asynccontextmanager
async def _broker() -> AsyncIterator[KafkaSettings]:
    with tempfile.TemporaryDirectory(prefix="casomb-announcing-") as folder:
        async with own_kafka(Path(folder)) as (_, kafka):
            yield KafkaSettings(
                kafka_bootstrap_servers=kafka.bootstrap,
                kafka_partitions=3,
                kafka_replication_factor=1,
            )

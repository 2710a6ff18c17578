"""A publishing and a consuming service side by side on one database and one broker."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

import asyncpg
from sqlalchemy import text

from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.transaction import Cause, Transaction
from shared.events.event import Event
from shared.identifiers import new_id
from shared.messaging.consuming.consumer import Consumer
from shared.messaging.consuming.feed_client import Feed, FeedClient
from shared.messaging.consuming.handlers import EventHandlers, Received
from shared.messaging.kafka import topics
from shared.messaging.kafka.producer import Outgoing, Producer, acknowledged
from shared.messaging.publishing.publisher import Publisher
from shared.messaging.wire.envelope import KafkaRecord, topic_of
from shared.process.settings import DatabaseSettings, KafkaSettings
from shared.security.principals import process_actor
from shared.testing.feeds import feed_of
from shared.testing.messaging import until

PARTITIONS = 3


class ThingCounted(Event):
    """A thing got its next number."""

    noun_verb: ClassVar[str] = "thing.counted"
    subject_kind: ClassVar[str] = "thing"

    thing_id: UUID
    number: int


@dataclass
class TwoServices:
    """One database, one broker, a service that publishes and one that consumes."""

    database_settings: DatabaseSettings
    kafka_settings: KafkaSettings
    database: Database
    connection: asyncpg.Connection
    service: str
    using_connection: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def topic(self) -> str:
        """The topic of the publishing service."""
        return topic_of(self.service)

    def publisher(self) -> Publisher:
        """Make a publisher, as if in a process of its own."""
        return Publisher(self.database_settings, self.kafka_settings, service=self.service)

    def handlers(
        self, handle: Callable[[Transaction, Received[ThingCounted]], Awaitable[None]] | None = None
    ) -> EventHandlers:
        """Make handlers that record each number, or call another handler."""
        handlers = EventHandlers()
        handlers.on(ThingCounted, handle or note, service=self.service)
        return handlers

    def consumer(self, handlers: EventHandlers | None = None, feed: Feed | None = None) -> Consumer:
        """Make a consumer, as if in a process of its own; it reads missed events from the feed."""
        consuming = Database(self.database.engine, SystemClock(), f"{self.service}-reader")
        return Consumer(
            consuming,
            self.kafka_settings,
            service=consuming.service,
            handlers=self.handlers() if handlers is None else handlers,
            feed=feed or self.feed(),
        )

    def feed(self) -> FeedClient:
        """Make a client of the publishing service's feed."""
        return feed_of(Database(self.database.engine, SystemClock(), self.service))

    @staticmethod
    def cause() -> Cause:
        """Return a cause that starts a new chain of actions."""
        return Cause(process_actor("test"), new_id())

    async def announce(self, thing_id: UUID, *numbers: int) -> None:
        """Publish events about one thing in one transaction."""
        async with self.database.transaction(self.cause()) as tx:
            await tx.lock_subject(thing_id)
            for number in numbers:
                tx.publish(ThingCounted(thing_id=thing_id, number=number))

    async def values(self, query: str, *arguments: object) -> list[Any]:
        """Return the first column of a query."""
        async with self.using_connection:
            return [row[0] for row in await self.connection.fetch(query, *arguments)]

    async def noted(self, thing_id: UUID) -> list[int]:
        """Return the numbers that the consumer noted for a thing, in order."""
        return await self.values(
            "SELECT number FROM notes WHERE thing_id = $1 ORDER BY id", thing_id
        )

    async def until_noted(self, thing_id: UUID, *numbers: int) -> None:
        """Wait until the consumer noted exactly these numbers."""

        async def noted() -> bool:
            return await self.noted(thing_id) == list(numbers)

        await until(noted)

    async def until_values(self, expected: list[object], query: str, *arguments: object) -> None:
        """Wait until a query's first column is as expected."""

        async def as_expected() -> bool:
            return await self.values(query, *arguments) == expected

        await until(as_expected)

    async def records(self) -> list[list[KafkaRecord]]:
        """Return what lies in each partition of the topic."""
        tails = await topics.tails(self.kafka_settings, self.topic, range(PARTITIONS), 10_000)
        return [tail.records for tail in tails.values()]

    async def send(self, partition: int, *records: Outgoing) -> None:
        """Put records on the topic without a publisher."""
        await topics.prepare_topic(self.kafka_settings, self.topic, PARTITIONS)
        producer = Producer(self.kafka_settings, self.topic)
        await producer.start()
        try:
            await acknowledged(await producer.send(partition, records, first_alone=False))
        finally:
            await producer.stop()


async def note(tx: Transaction, event: Received[ThingCounted]) -> None:
    """Note a number."""
    await tx.execute(
        text("INSERT INTO notes (event_id, thing_id, number) VALUES (:event, :thing, :number)"),
        {"event": event.event_id, "thing": event.data.thing_id, "number": event.data.number},
    )

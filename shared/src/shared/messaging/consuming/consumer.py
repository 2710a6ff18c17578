"""The consumer of a service: reads its handlers' topics from the positions in PostgreSQL.

A partition with a broken chain is repaired from its producer's feed. If that is impossible it
stops, shown in health, metrics and log, and the other partitions continue. Meanwhile parked
messages are retried, and producers get reports of the position.
"""

import asyncio
import time

from shared.database.database import Database
from shared.messaging import metrics
from shared.messaging.consuming.batch_transactions import BatchTransactions
from shared.messaging.consuming.feed_client import Feed
from shared.messaging.consuming.handlers import EventHandlers
from shared.messaging.consuming.partition_positions import PartitionPositions
from shared.messaging.consuming.reader_reports import ReaderReports
from shared.messaging.consuming.retrying import Retrier
from shared.messaging.kafka.subscriber import (
    NotPositionedError,
    OutOfRangeError,
    Subscriber,
    UndecodableError,
)
from shared.messaging.kafka.waiting import KafkaUnavailableError, WedgedError
from shared.messaging.wire.envelope import KafkaRecord
from shared.messaging.wire.partition import Partition
from shared.process.logging import logger
from shared.process.settings import KafkaSettings
from shared.process.together import first_of, run_together

LOG = logger(__name__)

FETCH_SECONDS = 1.0
UNASSIGNED_SECONDS = 0.05
RECORDS_AT_ONCE = 500
LOOK_AROUND_SECONDS = 5.0
MISSING_TOPIC_SECONDS = 0.5
AGAIN_SECONDS = 0.5
WEDGED_SECONDS = 20.0
"""Longest time without progress while the topic grows, or without partitions after having some."""


class Consumer:
    """The loop that consumes other services' events."""

    name = "consumer"

    def __init__(
        self,
        database: Database,
        kafka: KafkaSettings,
        *,
        service: str,
        handlers: EventHandlers,
        feed: Feed,
    ) -> None:
        self._service = service
        self._kafka = kafka
        self._topics = handlers.topics
        self._positions = PartitionPositions(
            service, BatchTransactions(database, service, handlers), feed
        )
        self._feed = feed
        self._reports = ReaderReports(
            *(database, feed, service, handlers.topics),
            *(self._positions.contradictions, kafka.applied_events_days),
        )
        self._retrier = Retrier(database, service, handlers)
        self._missing = self._topics
        self._kafka_reason: str | None = None
        self._told: dict[Partition, int] = {}
        self._looked_around_at = 0.0
        self._moved_at = time.monotonic()
        self._assigned_at: float | None = None
        self.last_progress = time.monotonic()

    async def reason(self) -> str | None:
        """Why it is unhealthy; None if it is healthy."""
        if self._kafka_reason:
            return self._kafka_reason
        reasons = []
        if stopped := self._positions.stopped:
            parts = (f"{topic}[{number}]: {why}" for (topic, number), why in stopped.items())
            reasons.append(f"stopped: {'; '.join(parts)}")
        if self._positions.failure:
            reasons.append(self._positions.failure)
        if self._missing:
            reasons.append(f"waiting for {', '.join(sorted(self._missing))}")
        if self._reports.refused:
            reasons.append(self._reports.refused)
        return "; ".join(reasons) or None

    async def run(self, stop: asyncio.Event) -> None:
        """Consume until stopped; raises WedgedError if only a new process helps."""
        if self._topics:
            works = (self._read(stop), self._retrier.run(stop), self._reports.run(stop))
            try:
                await run_together(*works, until=asyncio.FIRST_EXCEPTION)
            finally:
                await self._feed.close()
            return
        while not stop.is_set():
            self.last_progress = time.monotonic()
            await first_of(LOOK_AROUND_SECONDS, stop)

    async def _read(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self.last_progress = time.monotonic()
            try:
                await self._session(stop)
            except KafkaUnavailableError as error:
                self._kafka_reason = f"Kafka is unavailable: {error}"
                LOG.warning("kafka_away", reason=str(error))
                await first_of(AGAIN_SECONDS, stop)

    async def _session(self, stop: asyncio.Event) -> None:
        self._positions.forget()
        subscriber = Subscriber(self._kafka, self._service, self._positions.forget)
        try:
            await subscriber.start()
            self._moved_at = time.monotonic()
            self._missing, self._looked_around_at = self._topics, 0.0
            self._assigned_at = None
            while not stop.is_set():
                self.last_progress = time.monotonic()
                await self._look_around(subscriber)
                await self._fetch(subscriber, stop)
        finally:
            await subscriber.stop()

    async def _fetch(self, subscriber: Subscriber, stop: asyncio.Event) -> None:
        await self._positions.take_positions(subscriber)
        if self._missing == self._topics:
            await first_of(MISSING_TOPIC_SECONDS, stop)
        fetched = await self._fetched(subscriber)
        for partition, records in fetched.items():
            self._moved_at = self.last_progress = time.monotonic()
            if await self._positions.take_in(subscriber, partition, records):
                self._retrier.wake()
        if self._positions.failure:
            await first_of(AGAIN_SECONDS, stop)

    async def _fetched(self, subscriber: Subscriber) -> dict[Partition, list[KafkaRecord]]:
        """Return what has arrived; if a position is wrong, correct it and return nothing."""
        seconds = FETCH_SECONDS if self._positions.positions else UNASSIGNED_SECONDS
        try:
            return await subscriber.fetch(seconds, RECORDS_AT_ONCE)
        except OutOfRangeError as error:
            for partition in error.partitions:
                await self._positions.rewind(subscriber, partition)
        except NotPositionedError:
            self._positions.forget()
        except UndecodableError as error:
            if not await self._positions.read_one_by_one(subscriber, RECORDS_AT_ONCE):
                raise KafkaUnavailableError(f"nothing can be read: {error}") from error
            self._moved_at = self.last_progress = time.monotonic()
            self._retrier.wake()
        return {}

    async def _look_around(self, subscriber: Subscriber) -> None:
        """Every few seconds: new topics, lag, stopped partitions, and whether Kafka answers."""
        seconds = MISSING_TOPIC_SECONDS if self._missing else LOOK_AROUND_SECONDS
        if time.monotonic() < self._looked_around_at + seconds:
            return
        self._looked_around_at = time.monotonic()
        if self._missing:
            self._missing = await subscriber.subscribe(self._topics)
        self._positions.retry_stopped(subscriber)
        self._require_partitions(subscriber)
        lag = await self._lag(subscriber)
        for topic in self._topics:
            metrics.LAG.labels(self._service, topic).set(lag.get(topic, 0))
        self._kafka_reason = None
        await self._tell_lag_tools(subscriber)

    def _require_partitions(self, subscriber: Subscriber) -> None:
        """Connect again if partitions were lost and none came, because joining the group may hang.

        A session that never had partitions does not: the group may have none to give it.
        """
        if subscriber.assigned:
            self._assigned_at = time.monotonic()
        elif self._assigned_at and time.monotonic() > self._assigned_at + WEDGED_SECONDS:
            raise KafkaUnavailableError("the group took the partitions away and gave none back")

    async def _tell_lag_tools(self, subscriber: Subscriber) -> None:
        reached = {where: at.next_offset for where, at in self._positions.positions.items()}
        if reached != self._told:
            await subscriber.commit(reached)
            self._told = reached

    async def _lag(self, subscriber: Subscriber) -> dict[str, int]:
        lag: dict[str, int] = {}
        is_behind = False
        for partition, end in (await subscriber.ends()).items():
            position = self._positions.positions.get(partition)
            behind = max(end - position.next_offset, 0) if position else 0
            lag[partition.topic] = lag.get(partition.topic, 0) + behind
            is_behind |= behind > 0 and partition not in self._positions.stopped
        if is_behind and time.monotonic() > self._moved_at + WEDGED_SECONDS:
            raise WedgedError("the topic grows but this consumer's position does not")
        return lag

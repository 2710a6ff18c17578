"""The publisher of a service: waits for the lease, then sequences and sends events.

Only the process with the lease works; the others stand by.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

from shared.database import unpooled_connections as connections
from shared.database.leases import Lease, LeaseLostError
from shared.database.unpooled_connections import (
    DATABASE_FAULTS,
    HINT_ONLY,
    INDEX_ORDER,
    Connection,
    Options,
)
from shared.identifiers import new_id
from shared.messaging import metrics
from shared.messaging.log import publication
from shared.messaging.log.publication import LogRefusedError, Publication
from shared.messaging.publishing.leadership import LeaderConnections, Leadership
from shared.process.logging import logger
from shared.process.settings import DatabaseSettings, KafkaSettings
from shared.process.together import first_of

LOG = logger(__name__)

STANDBY_SECONDS = 1.0
REFUSED_SECONDS = 10.0


class Publisher:
    """The loop that carries a service's events from its outbox to Kafka."""

    name = "publisher"

    def __init__(self, database: DatabaseSettings, kafka: KafkaSettings, *, service: str) -> None:
        self._database = database
        self._kafka = kafka
        self._service = service
        self._owner = new_id()
        self._leadership: Leadership | None = None
        self._reason: str | None = "has not asked for the lease yet"
        self._looked_at = time.monotonic()

    @property
    def last_progress(self) -> float:
        """Monotonic time of the last round, of this loop or of the leadership that just ended."""
        led = self._leadership
        return max(self._looked_at, led.last_progress) if led else self._looked_at

    async def reason(self) -> str | None:
        """Why it is unhealthy; a standby is healthy."""
        led = self._leadership
        if led and led.is_settled:
            return led.kafka_reason
        if led and (because := led.publication.refused_because) is not None:
            return _refuses(because)
        return self._reason

    async def run(self, stop: asyncio.Event) -> None:
        """Publish until stopped; raises WedgedError if only a new process helps."""
        while not stop.is_set():
            self._looked_at = time.monotonic()
            seconds = STANDBY_SECONDS
            try:
                await self._lead(stop)
                self._reason = None
            except LeaseLostError as lost:
                LOG.warning("lease_lost", reason=str(lost))
                self._reason = None
            except DATABASE_FAULTS as fault:
                self._reason = f"the database is unavailable: {type(fault).__name__}"
                LOG.warning("database_away", reason=self._reason)
            except LogRefusedError as refused:
                seconds = REFUSED_SECONDS
                self._refuse(refused)
            await first_of(seconds, stop)

    def _refuse(self, refused: Exception) -> None:
        self._reason = _refuses(refused)
        metrics.IS_REFUSED.labels(self._service).set(1)
        LOG.error("publication_refused", reason=str(refused))

    async def _lead(self, stop: asyncio.Event) -> None:
        """Stand by until the lease is taken, then work until it ends."""
        async with self._connected(INDEX_ORDER) as sequencing:
            while not stop.is_set():
                self._looked_at = time.monotonic()
                led = await publication.lead(sequencing, self._owner, self._kafka.kafka_partitions)
                if led is not None:
                    await self._work(sequencing, led, stop)
                    return
                self._reason = None
                await first_of(STANDBY_SECONDS, stop)

    async def _work(
        self, sequencing: Connection, led: tuple[Lease, Publication], stop: asyncio.Event
    ) -> None:
        lease, row = led
        metrics.IS_LEADER.labels(self._service).set(1)
        LOG.info("leading", term=lease.term, epoch=row.epoch)
        if row.partition_count != self._kafka.kafka_partitions:
            LOG.warning("partition_count_is_fixed", partitions=row.partition_count)
        try:
            async with (
                self._connected(INDEX_ORDER) as ahead,
                self._connected(INDEX_ORDER | HINT_ONLY) as sending,
            ):
                await self._lead_by(LeaderConnections(sequencing, ahead, sending), led, stop)
        finally:
            metrics.IS_LEADER.labels(self._service).set(0)
            with contextlib.suppress(*DATABASE_FAULTS):
                await lease.release(sequencing)

    async def _lead_by(
        self, ours: LeaderConnections, led: tuple[Lease, Publication], stop: asyncio.Event
    ) -> None:
        self._leadership = Leadership(self._service, self._kafka, ours, *led)
        try:
            await self._leadership.run(stop)
        finally:
            self._looked_at = self._leadership.last_progress
            self._leadership = self._reason = None

    @contextlib.asynccontextmanager
    async def _connected(self, options: Options) -> AsyncIterator[Connection]:
        application = f"{self._service} publisher"
        connection = await connections.connect(self._database, application, options)
        try:
            yield connection
        finally:
            await connections.close(connection)


def _refuses(because: object) -> str:
    return f"refuses to publish: {because}"

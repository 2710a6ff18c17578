"""A log, a topic and a consumer under a test's control, step by step.

The log is the real one, on a real database, and so are the consumer's batches, its repair and the
feed it reads; the topic is a list in memory, so that a test decides what becomes of every record.
"""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from integration.messaging.damage import restore_log_through
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.leases import Lease
from shared.database.transaction import Transaction
from shared.errors import NotYetKnownError
from shared.identifiers import new_id
from shared.messaging.consuming.batch_transactions import BatchTransactions
from shared.messaging.consuming.chain import ChainBrokenError
from shared.messaging.consuming.handlers import EventHandlers, Lost, Received
from shared.messaging.consuming.progress import Progress
from shared.messaging.consuming.rebuilding import Rebuilding
from shared.messaging.consuming.repair import CannotMendError, Repair
from shared.messaging.consuming.retrying import Retrier
from shared.messaging.log import event_log, publication
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.log.interventions import begin_epoch
from shared.messaging.publishing.sequencer import Sequencer
from shared.messaging.wire.envelope import KafkaRecord, headers_of, source_of, watermark_headers
from shared.messaging.wire.partition import Partition
from shared.testing.messaging import until
from shared.testing.two_services import PARTITIONS, ThingCounted, TwoServices, note

TAKE_BACK = text("DELETE FROM notes WHERE event_id = :id")
FREE_THE_LEASE = "UPDATE leases SET expires_at = clock_timestamp()"


async def take_back(tx: Transaction, lost: Lost[ThingCounted]) -> None:
    """Undo the note of an event."""
    await tx.execute(TAKE_BACK, {"id": lost.event_id})


class LogWorld:
    """One publishing service, its topic, and one consumer."""

    def __init__(self, services: TwoServices) -> None:
        self.services = services
        self.closed: set[UUID] = set()
        self.topic: list[list[KafkaRecord]] = [[] for _ in range(PARTITIONS)]
        self.sent = 0
        self.epoch = 1
        consumer = f"{services.service}-reader"
        self.consuming = Database(services.database.engine, SystemClock(), consumer)
        self.handlers = EventHandlers()
        self.handlers.on(ThingCounted, self._handle, service=services.service, forget=take_back)
        self.feed = services.feed()
        self.batches = BatchTransactions(self.consuming, consumer, self.handlers)
        self._repair = Repair(self.feed, self.batches, self.batches.commit)
        self.sequencer: Sequencer
        self._lease: Lease

    async def _handle(self, tx: Transaction, event: Received[ThingCounted]) -> None:
        await note(tx, event)
        if event.subject_id in self.closed:
            raise NotYetKnownError("closed", code="closed")

    async def lead(self) -> None:
        """Take over as a new publisher: everything that was not noted as sent comes again."""
        connection = self.services.connection
        await connection.execute(FREE_THE_LEASE)
        led = await publication.lead(connection, new_id(), PARTITIONS)
        assert led is not None
        self._lease, row = led
        self.sequencer, self.epoch = Sequencer(connection, self._lease, row), row.epoch
        self.sent = await publication.published_through(connection)

    async def has_waiting(self) -> bool:
        """Whether anything waits for its sequence."""
        return await self.services.values("SELECT count(*) FROM outbox") != [0]

    async def sequence(self, limit: int) -> bool:
        """Number the next events; whether there were any."""
        if not self._lease.is_usable:  # this machine was slow
            await self.lead()
        return bool(await self.sequencer.sequence(limit))

    async def send(self, count: int, lost: Sequence[bool]) -> None:
        """Put the next events on the topic; what is `lost` never arrives there."""
        events = await event_log.read_after(self.services.connection, self.sent, count)
        for event, is_lost in zip(events, lost, strict=False):
            if not is_lost:
                self.put(event)
            self.sent = event.sequence

    def put(self, event: LoggedEvent) -> None:
        """Put one event on the topic."""
        headers = headers_of(event, source_of(self.services.service), self.epoch)
        self._append(event.partition, tuple(headers), event.data)

    def say_how_far(self) -> None:
        """Put a watermark on each partition: only by these is a loss at its end noticed."""
        for partition, tail in enumerate(self.sequencer.publication.tails):
            headers = watermark_headers(
                self.services.service, previous_sequence=tail, epoch=self.epoch
            )
            self._append(partition, tuple(headers), b"{}")

    def replay(self, partition: int, offset: int) -> None:
        """Put a record on the topic again, behind all others."""
        if records := self.topic[partition]:
            record = records[offset % len(records)]
            self._append(partition, record.headers, record.value)

    def _append(self, partition: int, headers: tuple[tuple[str, bytes], ...], value: bytes) -> None:
        offset = len(self.topic[partition])
        record = KafkaRecord(self.services.topic, partition, offset, headers, value)
        self.topic[partition].append(record)

    async def record_published(self) -> None:
        """Note that Kafka has acknowledged everything sent."""
        await publication.record_published(
            self.services.connection, self.sequencer.publication, self.sent
        )

    async def consume(self, number: int, count: int) -> None:
        """Read a partition on from where the database says, mending its chain where it breaks."""
        partition, stands, records = await self.fetched(number, count)
        if not records:
            return
        batch = await self.batches.commit(partition, stands, records)
        if batch.broken is not None:
            await self._mend(partition, batch.progress, batch.broken)

    async def fetched(
        self, number: int, count: int
    ) -> tuple[Partition, Progress, list[KafkaRecord]]:
        """Return what a consumer has in hand that has read and not applied yet."""
        partition = Partition(self.services.topic, number)
        stands = await self.batches.position(partition)
        return partition, stands, self.topic[number][stands.next_offset :][:count]

    async def _mend(
        self, partition: Partition, progress: Progress, broken: ChainBrokenError
    ) -> None:
        try:
            await self._repair.mend(partition, progress, broken)
        except CannotMendError:  # events that are lost were applied: an operator rebuilds
            await self._rebuild()

    async def _rebuild(self) -> None:
        cause = self.services.cause()
        rebuilding = Rebuilding(self.consuming, cause, self.feed, self.handlers)
        async for lost in rebuilding.look(self.services.topic):
            assert await rebuilding.rebuild(lost) == []

    async def restore(self, sequence: int) -> None:
        """Put the database's log back, begin a new epoch there, and take over."""
        await self.services.connection.execute("TRUNCATE outbox")
        await restore_log_through(self.services, sequence)
        async with self.services.database.transaction(self.services.cause()) as tx:
            await begin_epoch(tx, "restored")
        await self.lead()

    async def settle(self) -> None:
        """Let everything come to rest: all is sequenced, sent, announced, read and retried."""
        await self.lead()
        while await self.sequence(1_000):
            pass
        await self.send(10_000, [False] * 10_000)
        self.say_how_far()
        self.closed.clear()
        for number in range(PARTITIONS):
            while await self.is_behind(number):
                await self.consume(number, 7)
        await self._retry()

    async def _retry(self) -> None:
        stop = asyncio.Event()
        retrier = Retrier(self.consuming, self.consuming.service, self.handlers)
        retrying = asyncio.create_task(retrier.run(stop))
        try:
            await until(self._has_nothing_parked)
        finally:
            stop.set()
            await retrying

    async def is_behind(self, number: int) -> bool:
        """Whether a partition holds what was not read yet."""
        stands = await self.batches.position(Partition(self.services.topic, number))
        return stands.next_offset < len(self.topic[number])

    async def _has_nothing_parked(self) -> bool:
        waiting = "SELECT count(*) FROM parked_messages WHERE state IN ('waiting', 'dead')"
        return await self.services.values(waiting) == [0]

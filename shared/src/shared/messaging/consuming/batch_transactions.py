"""Applies batches of one partition, each in one transaction: progress, effects, events, parking.

The transaction first locks the progress row. If it is not where this process left it, another
process has continued, and the batch is dropped. Transient errors abort the whole transaction, which
is tried again.
"""

from collections.abc import Sequence
from dataclasses import replace

from shared.database.database import Database
from shared.database.transaction import Cause, Transaction
from shared.identifiers import new_id
from shared.messaging import metrics
from shared.messaging.consuming import parking, progress
from shared.messaging.consuming.batch import Batch
from shared.messaging.consuming.feed_client import EpochEndedError, Feed
from shared.messaging.consuming.handlers import EventHandlers
from shared.messaging.consuming.handling import Failure, NotCarefulError, ParkedState
from shared.messaging.consuming.lost_events import LogComparison, LostEvents
from shared.messaging.consuming.parking import FOREIGN, UNDECODABLE
from shared.messaging.consuming.progress import Progress, ProgressMovedError
from shared.messaging.kafka.undecodable import Undecodable
from shared.messaging.wire.envelope import KafkaRecord
from shared.messaging.wire.partition import Partition
from shared.process.fault_points import FaultPoint, reach
from shared.security.principals import process_actor


class BatchTransactions:
    """Applies batches for one consumer."""

    def __init__(self, database: Database, consumer: str, handlers: EventHandlers) -> None:
        self._database = database
        self._consumer = consumer
        self._handlers = handlers

    async def position(self, partition: Partition) -> Progress:
        """Return the position after which to read a partition."""
        async with self._database.transaction(self._cause()) as tx:
            return await progress.begin(tx, self._consumer, partition)

    async def move(self, partition: Partition, expected: Progress, moved: Progress) -> None:
        """Change the position without applying anything: another offset, another epoch."""
        async with self._database.transaction(self._cause()) as tx:
            await self._take(tx, partition, expected)
            await progress.store(tx, self._consumer, partition, moved)

    async def set_aside(
        self, partition: Partition, expected: Progress, record: KafkaRecord, why: str
    ) -> Progress:
        """Park a foreign record: only the offset moves."""
        failure = Failure(ParkedState.DEAD, FOREIGN, why)
        passed = replace(expected, next_offset=record.offset + 1)
        return await self._set_aside(partition, expected, passed, (record, failure))

    async def pass_over(
        self, partition: Partition, expected: Progress, undecodable: Undecodable
    ) -> Progress:
        """Skip what cannot be decoded; if it was an event of the log, the chain shows the gap."""
        failure = Failure(ParkedState.DEAD, UNDECODABLE, str(undecodable))
        record = KafkaRecord(*partition, undecodable.first, (), b"")
        passed = replace(expected, next_offset=undecodable.next)
        return await self._set_aside(partition, expected, passed, (record, failure))

    async def _set_aside(
        self,
        partition: Partition,
        expected: Progress,
        passed: Progress,
        parked: tuple[KafkaRecord, Failure],
    ) -> Progress:
        record, failure = parked
        async with self._database.transaction(self._cause()) as tx:
            await self._take(tx, partition, expected)
            await parking.park(tx, self._consumer, record, None, failure)
            await progress.store(tx, self._consumer, partition, passed)
        metrics.CONSUMED.labels(self._database.service, failure.reason, failure.state).inc()
        return passed

    async def compare(
        self, feed: Feed, partition: Partition, stands: Progress, ended: EpochEndedError
    ) -> LostEvents:
        """Compare what was applied of a partition with its log; discard lost waiting messages."""
        comparison = LogComparison(self._database, self._cause(), feed)
        lost = await comparison.look(partition, stands, ended)
        if lost.waiting:
            async with self._database.transaction(self._cause()) as tx:
                await parking.discard(tx, lost.waiting, parking.NOT_IN_THE_LOG)
        return lost

    async def adopt(self, partition: Partition, expected: Progress, adopted: Progress) -> Progress:
        """Change to a newer epoch; foreign records parked in the older one are discarded."""
        async with self._database.transaction(self._cause()) as tx:
            await self._take(tx, partition, expected)
            await parking.discard_foreign(tx, self._consumer, partition)
            await progress.store(tx, self._consumer, partition, adopted)
        return adopted

    async def commit(
        self, partition: Partition, expected: Progress, records: Sequence[KafkaRecord]
    ) -> Batch:
        """Apply records in order and commit; ProgressMovedError if another process continued."""
        try:
            batch = await self._transact(partition, expected, records, is_careful=False)
        except NotCarefulError:
            batch = await self._transact(partition, expected, records, is_careful=True)
        reach(FaultPoint.CONSUMED)
        for (kind, result), count in batch.results.items():
            metrics.CONSUMED.labels(self._database.service, kind, result).inc(count)
        return batch

    async def _transact(
        self,
        partition: Partition,
        expected: Progress,
        records: Sequence[KafkaRecord],
        *,
        is_careful: bool,
    ) -> Batch:
        async with self._database.transaction(self._cause()) as tx:
            await self._take(tx, partition, expected)
            batch = Batch(tx, self._consumer, self._handlers, expected, is_careful=is_careful)
            await batch.consume(records)
            if batch.progress != expected:
                await progress.store(tx, self._consumer, partition, batch.progress)
            reach(FaultPoint.HANDLED)
        return batch

    async def _take(self, tx: Transaction, partition: Partition, expected: Progress) -> None:
        found = await progress.locked(tx, self._consumer, partition)
        if found != expected:
            raise ProgressMovedError(f"{partition} is at {found}, not at {expected}")

    def _cause(self) -> Cause:
        return Cause(actor=process_actor(self._consumer), correlation_id=new_id())

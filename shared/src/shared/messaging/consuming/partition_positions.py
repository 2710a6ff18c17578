"""A consumer's positions in its assigned partitions, and which of them have stopped."""

import asyncio
from collections.abc import Sequence

from shared.errors import UnavailableError
from shared.messaging import metrics
from shared.messaging.consuming.batch import Batch
from shared.messaging.consuming.batch_transactions import BatchTransactions
from shared.messaging.consuming.chain import ChainBrokenError, ContradictionError
from shared.messaging.consuming.contradictions import Contradictions
from shared.messaging.consuming.feed_client import Feed
from shared.messaging.consuming.progress import NOTHING_YET, Progress, ProgressMovedError
from shared.messaging.consuming.repair import CannotMendError, ForeignRecordError, Repair
from shared.messaging.consuming.stopped import Stopped, named
from shared.messaging.kafka.subscriber import Subscriber
from shared.messaging.kafka.undecodable import Undecodable
from shared.messaging.log.positions import Position
from shared.messaging.wire.envelope import KafkaRecord
from shared.messaging.wire.partition import Partition
from shared.process.logging import logger

LOG = logger(__name__)

OPERATOR_SECONDS = 30.0
"""Seconds between checks of a partition that needs an operator."""
FEED_SECONDS = 2.0
"""Seconds between checks of a partition whose producer's feed is unavailable or behind."""
_RETRY_SECONDS = (0.0, 0.05, 0.2, 0.5)


class PartitionPositions:
    """The positions of one session; a forgotten one is read again in the next round."""

    def __init__(self, service: str, batches: BatchTransactions, feed: Feed) -> None:
        self._service = service
        self._batches = batches
        self._repair = Repair(feed, batches, self._committed)
        self._stopped = Stopped(service)
        self.contradictions = Contradictions(service)
        self.positions: dict[Partition, Progress] = {}
        self.failure: str | None = None

    @property
    def stopped(self) -> dict[Partition, str]:
        """The stopped partitions, with the reason."""
        return self._stopped.reasons

    def forget(self) -> None:
        """Forget all positions, since the partitions may belong to another process now."""
        self.positions.clear()

    async def take_positions(self, subscriber: Subscriber) -> None:
        """Set the position of newly assigned partitions.

        All at once: a later one would wait until the fetch of the others ends.
        """
        found: dict[Partition, Progress] = {}
        for partition in subscriber.assigned - self.positions.keys():
            try:
                found[partition] = await self._position(partition)
            except (UnavailableError, ProgressMovedError) as error:
                self._note(error)
                return
        for partition, progress in found.items():
            subscriber.seek(partition, progress.next_offset)
        self.positions.update(found)

    async def _position(self, partition: Partition) -> Progress:
        progress = await self._batches.position(partition)
        if progress.epoch == NOTHING_YET:
            return await self._repair.begin(partition, progress)
        return progress

    async def take_in(
        self, subscriber: Subscriber, partition: Partition, records: list[KafkaRecord]
    ) -> bool:
        """Apply what was fetched from a partition; True if something may have been parked."""
        expected = self.positions.pop(partition, None)
        if expected is None:
            return False
        if (why := self.contradictions.of(partition, expected)) is not None:
            self._stop(subscriber, partition, why, OPERATOR_SECONDS)
            return False
        fresh = [record for record in records if record.offset >= expected.next_offset]
        if not fresh:
            self.positions[partition] = expected
            return False
        batch = await self._committed(partition, expected, fresh)
        if batch is None:
            return False
        self.failure = None
        self.positions[partition] = batch.progress
        if batch.broken is None or batch.broken_at is None:
            self._repair.in_line(partition)
            self._stopped.forget(partition)
            return batch.has_parked
        await self._mend(subscriber, partition, batch, batch.broken, batch.broken_at)
        return True

    async def _committed(
        self, partition: Partition, expected: Progress, records: Sequence[KafkaRecord]
    ) -> Batch | None:
        """Apply a batch, with retries; None if it must be read again."""
        for seconds in _RETRY_SECONDS:
            await asyncio.sleep(seconds)
            try:
                return await self._batches.commit(partition, expected, records)
            except Exception as error:  # noqa: BLE001 - nothing was kept, all of it is tried again
                self._note(error)
                if isinstance(error, ProgressMovedError):
                    break
        return None

    async def _mend(
        self,
        subscriber: Subscriber,
        partition: Partition,
        batch: Batch,
        broken: ChainBrokenError,
        at: KafkaRecord,
    ) -> None:
        """Repair the chain and continue, or stop the partition with the reason."""
        metrics.BROKEN_CHAINS.labels(self._service, partition.topic).inc()
        LOG.warning("chain_broken", **named(partition), reason=str(broken))
        progress = batch.progress
        try:
            try:
                mended = await self._repair.mend(partition, progress, broken)
            except ForeignRecordError as foreign:
                why = f"{broken}; {foreign}"
                LOG.warning("foreign_record", **named(partition), at=at.offset, reason=why)
                mended = await self._batches.set_aside(partition, progress, at, why)
        except UnavailableError as error:
            self._stop(subscriber, partition, f"{broken}; {error.detail}", FEED_SECONDS)
        except CannotMendError as error:
            why = self._contradicted(partition, progress, broken) or str(error)
            self._stop(subscriber, partition, why, OPERATOR_SECONDS)
        except ProgressMovedError as error:
            self._note(error)
            self.positions.pop(partition, None)
        else:
            LOG.info("chain_mended", **named(partition), through=mended.last_sequence)
            self._stopped.forget(partition)
            self.positions[partition] = mended
            subscriber.seek(partition, mended.next_offset)

    def _contradicted(
        self, partition: Partition, progress: Progress, broken: ChainBrokenError
    ) -> str | None:
        """Record a contradiction with the log, if it is one; return the reason."""
        if not isinstance(broken, ContradictionError) or broken.sequence is None:
            return None
        self.contradictions.add(partition, Position(broken.epoch, broken.sequence))
        return self.contradictions.of(partition, progress)

    async def read_one_by_one(self, subscriber: Subscriber, limit: int) -> bool:
        """Continue in every partition, skipping what cannot be decoded; whether any moved.

        Every partition is positioned again afterwards, because the client lost what it had fetched.
        """
        has_moved = False
        for partition, stands in dict(self.positions).items():
            at = stands.next_offset
            records, undecodable = await subscriber.fetch_one_by_one(partition, at, limit)
            if records:
                has_moved = True
                await self.take_in(subscriber, partition, records)
            if undecodable is not None:
                has_moved = True
                await self._pass_over(partition, undecodable)
        self.forget()
        return has_moved

    async def _pass_over(self, partition: Partition, undecodable: Undecodable) -> None:
        """Skip what cannot be decoded, once everything before it is applied."""
        expected = self.positions.pop(partition, None)
        if expected is None or expected.next_offset != undecodable.first:
            return
        LOG.warning("undecodable", **named(partition), reason=str(undecodable))
        try:
            await self._batches.pass_over(partition, expected, undecodable)
        except (UnavailableError, ProgressMovedError) as error:
            self._note(error)

    async def rewind(self, subscriber: Subscriber, partition: Partition) -> None:
        """Read a partition from its beginning, because its offsets have changed."""
        expected = self.positions.pop(partition, None)
        if expected is None:
            return
        beginning = await subscriber.beginning(partition)
        LOG.warning("position_out_of_range", **named(partition), at=expected.next_offset)
        moved = Progress(expected.epoch, beginning, expected.last_sequence)
        try:
            await self._batches.move(partition, expected, moved)
        except (UnavailableError, ProgressMovedError) as error:
            self._note(error)

    def retry_stopped(self, subscriber: Subscriber) -> None:
        """Check at intervals whether a stopped partition can continue."""
        for partition in set(self.stopped) - subscriber.assigned:
            self._stopped.forget(partition)
        for partition in self._stopped.due():
            self.positions.pop(partition, None)
            subscriber.resume(partition)

    def _stop(
        self, subscriber: Subscriber, partition: Partition, reason: str, seconds: float
    ) -> None:
        subscriber.pause(partition)
        self._stopped.add(partition, reason, seconds)

    def _note(self, error: Exception) -> None:
        if isinstance(error, ProgressMovedError):
            LOG.info("progress_moved", reason=str(error))
            return
        cause = error.__cause__ or error
        self.failure = f"a batch is tried again after {type(cause).__name__}"
        LOG.warning("batch_dropped", error=type(cause).__name__)

"""Where a consumer stands in the partitions it has been given, and which of them have stopped."""

import asyncio
import time

from shared.errors import UnavailableError
from shared.messaging import metrics
from shared.messaging.batch import Batch
from shared.messaging.batches import Batches
from shared.messaging.chain import ChainBrokenError
from shared.messaging.envelope import KafkaRecord
from shared.messaging.kafka.subscriber import Partition, Subscriber
from shared.messaging.progress import Progress, ProgressMovedError
from shared.operations.logging import logger

LOG = logger(__name__)

STOPPED_AGAIN_SECONDS = 30.0
_RETRY_SECONDS = (0.0, 0.05, 0.2, 0.5)


class Reading:
    """The positions of one session; forgetting one makes the next round read it again."""

    def __init__(self, service: str, batches: Batches) -> None:
        self._service = service
        self._batches = batches
        self._stopped_at: dict[Partition, float] = {}
        self.positions: dict[Partition, Progress] = {}
        self.stopped: dict[Partition, str] = {}
        self.failure: str | None = None

    def forget(self) -> None:
        """Give every position up: the partitions may be another's now."""
        self.positions.clear()

    async def take_positions(self, subscriber: Subscriber) -> None:
        """Position what was assigned and is not positioned yet.

        All at once: a partition positioned later would wait until the fetch of the others ends.
        """
        found: dict[Partition, Progress] = {}
        for partition in subscriber.assigned - self.positions.keys():
            try:
                found[partition] = await self._batches.position(partition)
            except (UnavailableError, ProgressMovedError) as error:
                self._note(error)
                return
        for partition, progress in found.items():
            subscriber.seek(partition, progress.next_offset)
        self.positions.update(found)

    async def apply(
        self, subscriber: Subscriber, partition: Partition, records: list[KafkaRecord]
    ) -> bool:
        """Apply what was fetched from a partition; True when something was parked."""
        expected = self.positions.pop(partition, None)
        if expected is None:
            return False
        fresh = [record for record in records if record.offset >= expected.next_offset]
        if not fresh:
            self.positions[partition] = expected
            return False
        batch = await self._applied(partition, expected, fresh)
        if batch is None:
            return False
        self.failure = None
        self.positions[partition] = batch.progress
        if batch.broken is None:
            self._forget_stop(partition)
        else:
            self._stop(subscriber, partition, batch.broken)
        return batch.has_parked

    async def _applied(
        self, partition: Partition, expected: Progress, records: list[KafkaRecord]
    ) -> Batch | None:
        """Apply a batch, more than once if it must be; None when it has to be read again."""
        for seconds in _RETRY_SECONDS:
            await asyncio.sleep(seconds)
            try:
                return await self._batches.apply(partition, expected, records)
            except Exception as error:  # noqa: BLE001 - nothing was kept, all of it is tried again
                self._note(error)
                if isinstance(error, ProgressMovedError):
                    break
        return None

    async def rewind(self, subscriber: Subscriber, partition: Partition) -> None:
        """Read a partition from its beginning: its offsets are not those we knew."""
        expected = self.positions.pop(partition, None)
        if expected is None:
            return
        beginning = await subscriber.beginning(partition)
        LOG.warning("position_out_of_range", **_named(partition), at=expected.next_offset)
        try:
            await self._batches.rewind(partition, expected, beginning)
        except (UnavailableError, ProgressMovedError) as error:
            self._note(error)

    def retry_stopped(self, subscriber: Subscriber) -> None:
        """Now and then look whether a stopped partition can be read on."""
        for partition, since in list(self._stopped_at.items()):
            if partition not in subscriber.assigned:
                self._forget_stop(partition)
            elif time.monotonic() > since + STOPPED_AGAIN_SECONDS:
                del self._stopped_at[partition]
                self.positions.pop(partition, None)
                subscriber.resume(partition)

    def _stop(self, subscriber: Subscriber, partition: Partition, broken: ChainBrokenError) -> None:
        subscriber.pause(partition)
        self.stopped[partition] = str(broken)
        self._stopped_at[partition] = time.monotonic()
        if broken.is_gap:
            metrics.GAPS.labels(self._service, partition.topic).inc()
        metrics.STOPPED.labels(self._service).set(len(self.stopped))
        LOG.error("partition_stopped", **_named(partition), reason=str(broken))

    def _forget_stop(self, partition: Partition) -> None:
        self._stopped_at.pop(partition, None)
        if self.stopped.pop(partition, None) is not None:
            metrics.STOPPED.labels(self._service).set(len(self.stopped))

    def _note(self, error: Exception) -> None:
        if isinstance(error, ProgressMovedError):
            LOG.info("progress_moved", reason=str(error))
            return
        cause = error.__cause__ or error
        self.failure = f"a batch is tried again after {type(cause).__name__}"
        LOG.warning("batch_dropped", error=type(cause).__name__)


def _named(partition: Partition) -> dict[str, object]:
    return {"topic": partition.topic, "partition": partition.number}

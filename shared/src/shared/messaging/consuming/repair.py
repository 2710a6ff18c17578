"""Repairs a partition whose chain is broken, from the producer's feed.

A gap is filled page by page: each page is read outside of a transaction and applied in its own. If
the position's epoch has ended and nothing beyond the fork was applied, the next epoch begins. For
a new consumer, events that the topic no longer holds are a gap too.

A record that does not follow any event of the log is looked up on the feed. If the log has it, an
event applied earlier is not in the log, and an operator decides. If not, the record is foreign.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from shared.errors import UnavailableError
from shared.messaging.consuming.batch import Batch
from shared.messaging.consuming.batch_transactions import BatchTransactions
from shared.messaging.consuming.chain import ChainBrokenError
from shared.messaging.consuming.feed_client import (
    AheadOfLogError,
    EpochEndedError,
    Feed,
    FeedRefusedError,
)
from shared.messaging.consuming.progress import Progress, ProgressMovedError
from shared.messaging.log.positions import Position
from shared.messaging.wire.envelope import KafkaRecord, parse, service_of
from shared.messaging.wire.partition import Partition

MEND_SECONDS = 5.0
"""Time limit of one repair step, so that a long repair does not count as a stall."""

AWAY_SECONDS = 60.0
"""Pause before a feed that was unavailable is asked again for a new partition."""

BEHIND_LOOKS = 3
"""How often a feed may be behind the topic (it may be a replica); then the record is foreign."""

Apply = Callable[[Partition, Progress, Sequence[KafkaRecord]], Awaitable[Batch | None]]


class CannotMendError(Exception):
    """Only an operator can decide how to continue; the message is the reason."""


class ForeignRecordError(Exception):
    """The record is not the log's: it is parked and skipped."""


class Repair:
    """Repairs partitions for one consumer, one at a time."""

    def __init__(self, feed: Feed, batches: BatchTransactions, apply: Apply) -> None:
        self._feed = feed
        self._batches = batches
        self._apply = apply
        self._away_until: dict[str, float] = {}
        self._behind: dict[Partition, int] = {}

    async def begin(self, partition: Partition, progress: Progress) -> Progress:
        """Start a new partition in the current epoch of the log.

        In the epoch of its first record it would apply events that a later epoch has dropped. While
        the feed is unavailable it starts there anyway; that is harmless if the log has no fork.
        """
        service = service_of(partition.topic)
        if time.monotonic() < self._away_until.get(service, 0.0):
            return progress
        try:
            fed = await self._feed.after(service, Position(1, 0), partition.number)
            epoch = fed.next.epoch
        except EpochEndedError as ended:
            epoch = ended.epoch
        except (UnavailableError, FeedRefusedError):
            self._away_until[service] = time.monotonic() + AWAY_SECONDS
            return progress
        begun = replace(progress, epoch=epoch)
        await self._batches.move(partition, progress, begun)
        return begun

    def in_line(self, partition: Partition) -> None:
        """Record that a partition continues, so its feed no longer counts as behind."""
        self._behind.pop(partition, None)

    async def mend(
        self, partition: Partition, progress: Progress, broken: ChainBrokenError
    ) -> Progress:
        """Return the new progress of the partition; it may need more steps.

        Raises UnavailableError while the feed is unavailable or behind, ForeignRecordError for a
        record to skip, CannotMendError if an operator is needed, ProgressMovedError if another
        process has continued.
        """
        try:
            if broken.is_gap:
                mended = await self._fill(partition, progress, broken)
            else:
                at = _place(progress, broken)
                await self._feed.after(service_of(partition.topic), at, partition.number)
                raise self._is_behind(partition, "the feed knows no newer epoch")
        except EpochEndedError as ended:
            mended = await self._adopt(partition, progress, ended)
        except FeedRefusedError as refused:
            raise CannotMendError(f"{broken}; the feed says: {refused}") from None
        self.in_line(partition)
        return mended

    async def _fill(
        self, partition: Partition, progress: Progress, broken: ChainBrokenError
    ) -> Progress:
        service = service_of(partition.topic)
        if broken.previous_sequence < progress.last_sequence:
            return await self._look_up(partition, progress, broken)
        at, until = _place(progress, broken), time.monotonic() + MEND_SECONDS
        while at.sequence < broken.previous_sequence and time.monotonic() < until:
            fed = await self._feed.after(service, at, partition.number)
            if fed.next == at:
                raise self._is_behind(partition, f"the log ends at {at}")
            progress = await self._applied(partition, progress, fed.records)
            at = fed.next
        if at.sequence >= broken.previous_sequence > progress.last_sequence:
            return await self._look_up(partition, progress, broken)
        return progress

    async def _look_up(
        self, partition: Partition, progress: Progress, broken: ChainBrokenError
    ) -> Progress:
        """Look the record up in the log; always raises what the result means."""
        if broken.sequence is None:  # a watermark: it names nothing that could be looked up
            raise ForeignRecordError("the log has no such event in this partition")
        at = Position(broken.epoch, broken.sequence - 1)
        try:
            fed = await self._feed.after(service_of(partition.topic), at, partition.number, limit=1)
        except AheadOfLogError as ahead:
            raise ForeignRecordError(str(ahead)) from None
        found = parse(fed.records[0]) if fed.records else None
        if found and (found.sequence, found.event_id) == (broken.sequence, broken.event_id):
            raise CannotMendError(
                f"{broken}; the log has that record, and not what was applied here through "
                f"{progress.last_sequence}: rebuild what came of it"
            )
        raise ForeignRecordError("the log has another event there or none")

    def _is_behind(self, partition: Partition, why: str) -> Exception:
        """Decide whether the feed may still catch up with a record, or the record is foreign."""
        looks = self._behind.get(partition, 0) + 1
        self._behind[partition] = looks
        if looks < BEHIND_LOOKS:
            return UnavailableError(f"the feed is behind the topic: {why}", code="feed-behind")
        return ForeignRecordError(why)

    async def _adopt(
        self, partition: Partition, progress: Progress, ended: EpochEndedError
    ) -> Progress:
        if progress.last_sequence > ended.began_after:
            lost = await self._batches.compare(self._feed, partition, progress, ended)
            if lost.events:
                raise CannotMendError(
                    f"{ended}, and what was applied here through {progress.last_sequence} is in"
                    f" the log only through {lost.goes_on.last_sequence}: rebuild what came of it"
                )
            return await self._batches.adopt(partition, progress, lost.goes_on)
        return await self._batches.adopt(partition, progress, replace(progress, epoch=ended.epoch))

    async def _applied(
        self, partition: Partition, progress: Progress, records: Sequence[KafkaRecord]
    ) -> Progress:
        if not records:
            return progress
        stands = [record._replace(offset=progress.next_offset - 1) for record in records]
        batch = await self._apply(partition, progress, stands)
        if batch is None:
            raise ProgressMovedError(f"{partition} was continued by another process")
        if batch.broken is not None:
            raise CannotMendError(f"the feed itself is not in line: {batch.broken}")
        return batch.progress


def _place(progress: Progress, broken: ChainBrokenError) -> Position:
    """Where to continue; a new partition starts in the epoch of its first record."""
    return Position(progress.epoch or broken.epoch, progress.last_sequence)

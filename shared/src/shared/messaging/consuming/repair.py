"""Bringing a partition whose chain is broken back in line, from the producer's feed.

A gap is filled page by page, each page a transaction of its own; the feed is asked outside of it.
A position whose epoch has ended goes over into the next one when nothing was applied beyond the
fork. Who is new to a topic begins the same way: what the topic no longer holds is a gap.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from shared.errors import UnavailableError
from shared.messaging.consuming.batch import Batch
from shared.messaging.consuming.batches import Batches
from shared.messaging.consuming.chain import ChainBrokenError
from shared.messaging.consuming.feed_client import EpochEndedError, Feed, FeedRefusedError
from shared.messaging.consuming.progress import Progress, ProgressMovedError
from shared.messaging.log.positions import Position
from shared.messaging.wire.envelope import KafkaRecord, service_of
from shared.messaging.wire.partition import Partition

MEND_SECONDS = 5.0
"""After which the reading comes round again: a long repair is no standstill."""

AWAY_SECONDS = 60.0
"""In which nobody new to a partition asks a feed that was away: each would wait for its answer."""

Apply = Callable[[Partition, Progress, Sequence[KafkaRecord]], Awaitable[Batch | None]]


class CannotMendError(Exception):
    """Only an operator can decide how to go on; the message says what about."""


class Repair:
    """Mends one partition at a time for one consumer."""

    def __init__(self, feed: Feed, batches: Batches, apply: Apply) -> None:
        self._feed = feed
        self._batches = batches
        self._apply = apply
        self._away_until: dict[str, float] = {}

    async def begin(self, partition: Partition, progress: Progress) -> Progress:
        """Let who is new to a partition begin in the present epoch of the log.

        In the epoch of the first record it meets it would apply what a later epoch left behind.
        While the feed is away that is how it begins all the same: without a fork it is no matter.
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

    async def mend(
        self, partition: Partition, progress: Progress, broken: ChainBrokenError
    ) -> Progress:
        """Return how far the partition is then; it may need more of the same.

        Raises UnavailableError while the feed is away or behind, CannotMendError where it cannot
        help, ProgressMovedError where another process has gone on.
        """
        service = service_of(partition.topic)
        try:
            if broken.is_gap:
                return await self._fill(service, partition, progress, broken)
            await self._feed.after(service, _place(progress, broken), partition.number)
        except EpochEndedError as ended:
            return await self._adopt(partition, progress, ended)
        except FeedRefusedError as refused:
            raise CannotMendError(f"{broken}; the feed says: {refused}") from None
        raise UnavailableError("the feed knows no newer epoch yet", code="feed-behind")

    async def _fill(
        self, service: str, partition: Partition, progress: Progress, broken: ChainBrokenError
    ) -> Progress:
        if broken.previous_sequence < progress.last_sequence:
            raise CannotMendError(f"{broken}; it contradicts what was consumed before it")
        at, until = _place(progress, broken), time.monotonic() + MEND_SECONDS
        while at.sequence < broken.previous_sequence and time.monotonic() < until:
            fed = await self._feed.after(service, at, partition.number)
            if fed.next == at:
                raise UnavailableError("the feed is behind the topic", code="feed-behind")
            progress = await self._applied(partition, progress, fed.records)
            at = fed.next
        if at.sequence >= broken.previous_sequence > progress.last_sequence:
            raise CannotMendError(f"{broken}; the feed has no such event in this partition")
        return progress

    async def _adopt(
        self, partition: Partition, progress: Progress, ended: EpochEndedError
    ) -> Progress:
        if progress.last_sequence > ended.began_after:
            raise CannotMendError(
                f"{ended}, and events through {progress.last_sequence} were applied here:"
                " make anew what came of them, then adopt the epoch"
            )
        adopted = replace(progress, epoch=ended.epoch)
        await self._batches.move(partition, progress, adopted)
        return adopted

    async def _applied(
        self, partition: Partition, progress: Progress, records: Sequence[KafkaRecord]
    ) -> Progress:
        if not records:
            return progress
        stands = [record._replace(offset=progress.next_offset - 1) for record in records]
        batch = await self._apply(partition, progress, stands)
        if batch is None:
            raise ProgressMovedError(f"{partition} went on elsewhere")
        if batch.broken is not None:
            raise CannotMendError(f"the feed itself is not in line: {batch.broken}")
        return batch.progress


def _place(progress: Progress, broken: ChainBrokenError) -> Position:
    """Where to read on; one who is new to the partition begins in the epoch of what it holds."""
    return Position(progress.epoch or broken.epoch, progress.last_sequence)

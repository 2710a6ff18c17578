"""Finds events that were applied here but are not in the producer's log, page by page.

There are two causes. The log's database was restored: events beyond the fork are lost, unless the
log has the same event at the same sequence again. Or a foreign record was applied. Everything from
the first lost event on is undone, and applied again from the log. The feed is read outside of
transactions, one page at a time.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from uuid import UUID

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.messaging.consuming import applied, parking
from shared.messaging.consuming.applied import AppliedEvent
from shared.messaging.consuming.feed_client import EpochEndedError, Feed, FeedRefusedError
from shared.messaging.consuming.parking import WaitingMessage
from shared.messaging.consuming.progress import Progress
from shared.messaging.log.positions import Position
from shared.messaging.wire.envelope import parse, service_of
from shared.messaging.wire.partition import Partition


@dataclass
class LostEvents:
    """Events applied or waiting here that are in no log, and the position after them."""

    partition: Partition
    stands: Progress
    goes_on: Progress
    events: list[AppliedEvent] = field(default_factory=list)
    waiting: list[WaitingMessage] = field(default_factory=list)

    @property
    def is_found(self) -> bool:
        """Whether any applied or waiting event is in no log."""
        return bool(self.events or self.waiting)

    @property
    def is_any(self) -> bool:
        """Whether the partition cannot continue from its position."""
        return self.is_found or self.goes_on != self.stands


class LogComparison:
    """Compares what one service has applied with a log."""

    def __init__(self, database: Database, cause: Cause, feed: Feed) -> None:
        self._database = database
        self._cause = cause
        self._feed = feed

    async def look(
        self, partition: Partition, stands: Progress, ended: EpochEndedError | None = None
    ) -> LostEvents:
        """Compare one partition; `ended` is where its epoch ended, if already known.

        Raises UnavailableError if the feed is unavailable, FeedRefusedError if it refuses.
        """
        ended = ended or await self._end_of_epoch(partition, stands)
        if ended is not None:
            begin = min(ended.tails[partition.number], stands.last_sequence)
            epoch = ended.epoch
        else:
            begin, epoch = await self._before_the_oldest(partition, stands), stands.epoch
        lost = LostEvents(partition, stands, stands)
        same, is_there = begin if ended else 0, stands.last_sequence == 0
        async for page in self._pages(partition, Position(epoch, begin)):
            is_there |= page.holds(stands.last_sequence)
            same = max(same, await self._compare(lost, page))
        if ended is None and lost.events:
            same = max(same, await self._before(lost))
        elif ended is None and is_there:
            same = stands.last_sequence
        lost.goes_on = Progress(epoch, stands.next_offset, same)
        return lost

    async def _compare(self, lost: LostEvents, page: "_Page") -> int:
        """Add what a page of the log does not have; return the last sequence that agrees."""
        async with self._database.transaction(self._cause) as tx:
            stretch = (tx, tx.service, lost.partition, page.after, page.through)
            taken: list[AppliedEvent | WaitingMessage] = [
                *await applied.between(*stretch),
                *await parking.between(*stretch),
            ]
        same = 0
        for each in sorted(taken, key=attrgetter("sequence")):
            if not lost.is_found and page.logged.get(each.sequence) == each.event_id:
                same = each.sequence
            elif isinstance(each, AppliedEvent):
                lost.events.append(each)
            else:
                lost.waiting.append(each)
        return same

    async def _before(self, lost: LostEvents) -> int:
        """The sequence that the first lost event follows, if it is in the log; otherwise 0."""
        previous = min(event.previous_sequence for event in lost.events)
        at = Position(lost.stands.epoch, max(previous - 1, 0))
        async for page in self._pages(lost.partition, at):
            return previous if page.holds(previous) else 0
        return 0

    async def _end_of_epoch(self, partition: Partition, stands: Progress) -> EpochEndedError | None:
        """Where the log ended the partition's epoch; None if it did not."""
        at = Position(stands.epoch, 0)
        try:
            await self._feed.after(service_of(partition.topic), at, partition.number, limit=1)
        except EpochEndedError as ended:
            return ended
        except FeedRefusedError as refused:
            if refused.begins_after is None:
                raise
        return None

    async def _before_the_oldest(self, partition: Partition, stands: Progress) -> int:
        """A sequence before everything known to have been applied."""
        async with self._database.transaction(self._cause) as tx:
            found = await applied.oldest(tx, tx.service, partition)
        known = [stands.last_sequence, *([] if found is None else [found])]
        return max(min(known) - 1, 0)

    async def _pages(self, partition: Partition, at: Position) -> AsyncIterator["_Page"]:
        """Yield the log's pages after a position; the last page is beyond its end."""
        service = service_of(partition.topic)
        is_known = True
        while True:
            try:
                fed = await self._feed.after(service, at, partition.number)
            except FeedRefusedError as refused:
                if refused.begins_after is None:  # nothing of this is in the log any more
                    yield _Page(at.sequence, None, {})
                    return
                at, is_known = refused.begins_after, False  # what is before it nobody can tell
                continue
            read = [parse(record) for record in fed.records]
            logged = {each.sequence or 0: each.event_id for each in read}
            through = None if fed.next == at else fed.next.sequence
            yield _Page(at.sequence, through, logged, is_known)
            if through is None:
                return
            at, is_known = fed.next, True


@dataclass(frozen=True)
class _Page:
    """The log's events after one sequence through another; None means to the end.

    If not `is_known`, the log may also have events at or before `after`.
    """

    after: int
    through: int | None
    logged: Mapping[int, UUID]
    is_known: bool = True

    def holds(self, sequence: int) -> bool:
        """Whether the log has an event there, or may have had one."""
        return sequence in self.logged or (not self.is_known and sequence <= self.after)

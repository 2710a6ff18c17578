"""Reports this reader's positions to producers, so that they keep the events it needs.

A producer that has lost events in a restore notices by a report beyond its log. Each report also
looks up the last applied event in the log, so that a foreign record that fit the chain is found.
"""

import asyncio
from collections.abc import Collection, Sequence

from sqlalchemy import text

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.errors import UnavailableError
from shared.identifiers import new_id
from shared.messaging.consuming import applied, overrides
from shared.messaging.consuming.contradictions import Contradictions
from shared.messaging.consuming.feed_client import (
    AheadOfLogError,
    EpochEndedError,
    Feed,
    FeedRefusedError,
)
from shared.messaging.consuming.overrides import ConsumerPosition
from shared.messaging.log.positions import Position
from shared.messaging.wire.envelope import parse, service_of
from shared.messaging.wire.partition import Partition
from shared.process.logging import logger
from shared.process.together import first_of
from shared.security.principals import process_actor

LOG = logger(__name__)

REPORT_SECONDS = 60.0

_GONE = text(
    """
    DELETE FROM consumer_progress
    WHERE consumer = :consumer AND topic = :topic AND partition >= :count AND last_sequence = 0
    """
)


class ReaderReports:
    """Reports for one consumer, a minute apart; `refused` is which producer contradicts it."""

    def __init__(
        self,
        database: Database,
        feed: Feed,
        consumer: str,
        topics: Collection[str],
        contradictions: Contradictions,
        applied_days: int,
    ) -> None:
        self._database = database
        self._feed = feed
        self._consumer = consumer
        self._topics = sorted(topics)
        self._contradictions = contradictions
        self._applied_days = applied_days
        self.refused: str | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Report until stopped; if a feed is unavailable, the next report is sent later."""
        while not stop.is_set():
            await first_of(REPORT_SECONDS, stop)
            self.refused = None
            for topic in self._topics:
                await self._report(topic)

    async def _report(self, topic: str) -> None:
        try:
            async with self._database.transaction(self._cause()) as tx:
                await applied.prune(tx, self._consumer, self._applied_days)
                stands = [each for each in await overrides.listed(tx) if each.topic == topic]
            there = await self._of_the_log(topic, stands)
            epoch = max((each.epoch for each in there), default=0)
            if epoch > 0:
                reached = [each.last_sequence for each in there]
                await self._feed.report(service_of(topic), self._consumer, epoch, reached)
        except UnavailableError as error:
            LOG.info("reader_not_reported", topic=topic, reason=error.detail)
        except FeedRefusedError as refused:
            self.refused = f"{topic}: {refused}"
            LOG.warning("reader_refused", topic=topic, reason=str(refused))

    async def _of_the_log(
        self, topic: str, stands: Sequence[ConsumerPosition]
    ) -> Sequence[ConsumerPosition]:
        """Check each position against the log; leave out those that it does not have."""
        count = None
        for each in stands:
            if each.last_sequence > 0:
                count = await self._verify(each) or count
        if count is None or count >= len(stands):
            return stands
        async with self._database.transaction(self._cause()) as tx:
            await tx.execute(_GONE, {"consumer": self._consumer, "topic": topic, "count": count})
        return [each for each in stands if each.partition < count]

    async def _verify(self, stands: ConsumerPosition) -> int | None:
        """Look up the last applied event in the log; return the number of the log's partitions."""
        partition = Partition(stands.topic, stands.partition)
        place = Position(stands.epoch, stands.last_sequence)
        at = Position(stands.epoch, stands.last_sequence - 1)
        try:
            fed = await self._feed.after(service_of(stands.topic), at, stands.partition, limit=1)
        except AheadOfLogError:
            self._contradictions.add(partition, place)
            return None
        except (EpochEndedError, FeedRefusedError):  # the repair says so, or it is long ago
            return None
        event = parse(fed.records[0]) if fed.records else None
        async with self._database.transaction(self._cause()) as tx:
            known = await applied.event_at(tx, self._consumer, partition, *place)
        is_there = event is not None and event.sequence == stands.last_sequence
        if is_there and event is not None and known in {None, event.event_id}:
            self._contradictions.clear(partition)
        else:
            self._contradictions.add(partition, place)
        return len(fed.tails)

    def _cause(self) -> Cause:
        return Cause(process_actor(self._consumer), new_id())

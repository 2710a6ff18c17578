"""Telling producers how far this reader is: their retention leaves it what it still needs.

It is also how a log that went back is found out when its topic was lost with it: a producer that
is told of events it does not have says so.
"""

import asyncio
from collections.abc import Collection

from sqlalchemy import text

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.errors import UnavailableError
from shared.identifiers import new_id
from shared.messaging.consuming.feed_client import Feed, FeedRefusedError
from shared.messaging.together import first_of
from shared.messaging.wire.envelope import service_of
from shared.operations.logging import logger
from shared.security.principals import process_actor

LOG = logger(__name__)

REPORT_SECONDS = 60.0

_STANDS = text(
    """
    SELECT max(epoch) AS epoch, array_agg(last_sequence ORDER BY partition) AS last_sequences
    FROM consumer_progress WHERE consumer = :consumer AND topic = :topic
    HAVING count(*) > 0 AND max(epoch) > 0
    """
)


class ReaderReports:
    """Reports for one consumer, a minute apart; `refused` says which producer contradicts it."""

    def __init__(
        self, database: Database, feed: Feed, consumer: str, topics: Collection[str]
    ) -> None:
        self._database = database
        self._feed = feed
        self._consumer = consumer
        self._topics = sorted(topics)
        self.refused: str | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Report until stopped; a feed that is away is told the next time."""
        while not stop.is_set():
            await first_of(REPORT_SECONDS, stop)
            self.refused = None
            for topic in self._topics:
                await self._report(topic)

    async def _report(self, topic: str) -> None:
        try:
            async with self._database.transaction(self._cause()) as tx:
                asked = {"consumer": self._consumer, "topic": topic}
                row = (await tx.execute(_STANDS, asked)).mappings().one_or_none()
            if row is not None:
                await self._feed.report(
                    service_of(topic), self._consumer, row["epoch"], row["last_sequences"]
                )
        except UnavailableError as error:
            LOG.info("reader_not_reported", topic=topic, reason=error.detail)
        except FeedRefusedError as refused:
            self.refused = f"{topic}: {refused}"
            LOG.warning("reader_refused", topic=topic, reason=str(refused))

    def _cause(self) -> Cause:
        return Cause(process_actor(self._consumer), new_id())

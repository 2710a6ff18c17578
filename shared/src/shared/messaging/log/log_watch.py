"""Waits for the log to grow: one query for all waiting requests, none if nobody waits."""

import asyncio
import time

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.messaging.log.feed import sequenced_through
from shared.security.principals import process_actor

LOOK_SECONDS = 0.1


class LogWatch:
    """Wakes the waiting requests of one process when there are new events."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._through = 0
        self._looking: asyncio.Task[None] | None = None

    async def beyond(self, sequence: int, until: float) -> None:
        """Return once the log has grown beyond a sequence, or at a monotonic time.

        Raises UnavailableError if the database is unavailable.
        """
        while self._through <= sequence and (left := until - time.monotonic()) > 0:
            if self._looking is None or self._looking.done():
                self._looking = asyncio.create_task(self._look())
            await asyncio.wait({self._looking}, timeout=left)
            if self._looking.done() and (error := self._looking.exception()):
                raise error

    async def stop(self) -> None:
        """End the current check, so that it does not use a closed database engine."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait({self._looking})

    async def _look(self) -> None:
        """Check in a moment; all who wait until then share the answer."""
        await asyncio.sleep(LOOK_SECONDS)
        cause = Cause(process_actor("log watch"), new_id())
        async with self._database.transaction(cause) as tx:
            self._through = await sequenced_through(tx)

"""Starts a loop once the database is available and has the schema of this version."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from shared.process.loops import Loop
from shared.schema.schema_check import wait_until


class AfterSchema:
    """Wraps a loop; while it waits, its health shows for what."""

    def __init__(self, loop: Loop, schema: Callable[[], Awaitable[str | None]]) -> None:
        self.name = loop.name
        self._loop = loop
        self._schema = schema
        self._is_waiting = True

    @property
    def last_progress(self) -> float:
        """The loop's own progress; waiting for the database does not count as a stall."""
        return time.monotonic() if self._is_waiting else self._loop.last_progress

    async def run(self, stop: asyncio.Event) -> None:
        """Wait for the schema unless stopped, then run the loop."""
        waiting = asyncio.ensure_future(wait_until(self._schema))
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait([waiting, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if stop.is_set():
            waiting.cancel()
            return
        await waiting
        self._is_waiting = False
        await self._loop.run(stop)

    async def reason(self) -> str | None:
        """Why it is unhealthy; None if it is healthy."""
        return "waiting for the database" if self._is_waiting else await self._loop.reason()

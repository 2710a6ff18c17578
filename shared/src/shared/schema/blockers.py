"""Who keeps a session of the database waiting: by process id, name and state, never by query text.

A query may hold personal data; the three are what an operator needs to find the session.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.process.logging import logger

LOG = logger(__name__)
LOOK_SECONDS = 0.2
_BLOCKING = text(
    """
    SELECT pid, application_name, state
    FROM pg_stat_activity WHERE pid = ANY(pg_blocking_pids(:waiting)) ORDER BY pid
    """
)


@dataclass(frozen=True)
class Blocker:
    """A session that another waits for; the state is None where this role may not see it."""

    pid: int
    application_name: str
    state: str | None

    def __str__(self) -> str:
        """How it is named to an operator."""
        name = self.application_name or "a session without a name"
        return f"{name} (process {self.pid} of PostgreSQL, {self.state or 'state not visible'})"


class Blockers:
    """Those last seen to keep one session waiting; empty where nobody has."""

    def __init__(self) -> None:
        self.last_seen: Sequence[Blocker] = ()

    def note(self, seen: Sequence[Blocker]) -> None:
        """Remember who blocks now, and log it where that has changed."""
        if seen and seen != self.last_seen:
            LOG.warning("waiting_for_a_lock", held_by=[str(each) for each in seen])
        self.last_seen = seen or self.last_seen

    def __str__(self) -> str:
        """How they are named to an operator."""
        return ", ".join(map(str, self.last_seen)) or "a session that was gone before it was seen"


@asynccontextmanager
async def blockers_of(engine: AsyncEngine, pid: int) -> AsyncIterator[Blockers]:
    """Look, on a connection of its own, who keeps a session waiting while the block runs."""
    blockers = Blockers()
    looking = asyncio.create_task(_look(engine, pid, blockers))
    try:
        yield blockers
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


async def _look(engine: AsyncEngine, pid: int, blockers: Blockers) -> None:
    """Look until canceled; where looking fails, nobody is named, and the work goes on."""
    try:
        async with engine.connect() as connection:
            looking = await connection.execution_options(isolation_level="AUTOCOMMIT")
            while True:
                rows = await looking.execute(_BLOCKING, {"waiting": pid})
                blockers.note([Blocker(*row) for row in rows])
                await asyncio.sleep(LOOK_SECONDS)
    except (DBAPIError, OSError) as error:
        LOG.warning("cannot_see_who_holds_locks", error=type(error).__name__)

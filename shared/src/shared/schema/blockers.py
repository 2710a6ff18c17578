"""Finds the database sessions that block another: process id, name and state, never the query.

A query may contain personal data; the three fields are enough to find the session.
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
    """A session that blocks another; the state is None if this role may not see it."""

    pid: int
    application_name: str
    state: str | None

    def __str__(self) -> str:
        """The session's description for an operator."""
        name = self.application_name or "a session without a name"
        return f"{name} (PostgreSQL process {self.pid}, {self.state or 'state not visible'})"


class Blockers:
    """The sessions last seen to block one session; may be empty."""

    def __init__(self) -> None:
        self.last_seen: Sequence[Blocker] = ()

    def note(self, seen: Sequence[Blocker]) -> None:
        """Remember the blocking sessions, and log them if they have changed."""
        if seen and seen != self.last_seen:
            LOG.warning("waiting_for_a_lock", held_by=[str(each) for each in seen])
        self.last_seen = seen or self.last_seen

    def __str__(self) -> str:
        """The sessions' description for an operator."""
        return (
            ", ".join(map(str, self.last_seen))
            or "a session that ended before it could be identified"
        )


@asynccontextmanager
async def blockers_of(engine: AsyncEngine, pid: int) -> AsyncIterator[Blockers]:
    """Watch, on a separate connection, which sessions block one while the block runs."""
    blockers = Blockers()
    looking = asyncio.create_task(_look(engine, pid, blockers))
    try:
        yield blockers
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


async def _look(engine: AsyncEngine, pid: int, blockers: Blockers) -> None:
    """Watch until canceled; if watching fails, no session is named and the work continues."""
    try:
        async with engine.connect() as connection:
            looking = await connection.execution_options(isolation_level="AUTOCOMMIT")
            while True:
                rows = await looking.execute(_BLOCKING, {"waiting": pid})
                blockers.note([Blocker(*row) for row in rows])
                await asyncio.sleep(LOOK_SECONDS)
    except (DBAPIError, OSError) as error:
        LOG.warning("cannot_see_who_holds_locks", error=type(error).__name__)

"""A hint to the publisher that there is something in the outbox: after the commit, never inside.

A NOTIFY inside a business transaction would serialize commits. One that is lost only costs what
it announces the publisher's next look, which is why it may be skipped soon after another.
"""

import contextlib
import time

import asyncpg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

CHANNEL = "outbox"
_COALESCED_SECONDS = 0.005
# One round trip; a hint that is lost in a crash need not be waited for on the disk.
_GIVE = f"SET LOCAL synchronous_commit = off; NOTIFY {CHANNEL}"


class Hint:
    """Gives hints for one process, few enough not to be felt."""

    def __init__(self) -> None:
        self._given_at = 0.0

    async def give(self, connection: AsyncConnection) -> None:
        """Wake the publisher, in a transaction of its own; failing is no matter."""
        with contextlib.suppress(SQLAlchemyError, OSError):
            raw = await connection.get_raw_connection()
            if raw.driver_connection is not None:
                await self.give_by(raw.driver_connection)

    async def give_by(self, connection: asyncpg.Connection) -> None:
        """Do the same by a connection of the driver."""
        if time.monotonic() < self._given_at + _COALESCED_SECONDS:
            return
        self._given_at = time.monotonic()
        with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            await connection.execute(_GIVE)

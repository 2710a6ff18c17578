"""Notifies the publisher (NOTIFY) of new rows in the outbox, after the commit.

A NOTIFY inside a business transaction would serialize commits. If one is lost, the event only waits
until the publisher's next check, so a notification right after another is skipped.
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
    """Sends notifications for one process, few enough to cost nothing."""

    def __init__(self) -> None:
        self._given_at = 0.0

    async def give(self, connection: AsyncConnection) -> None:
        """Wake the publisher in a separate transaction; failures are ignored."""
        with contextlib.suppress(SQLAlchemyError, OSError):
            raw = await connection.get_raw_connection()
            if raw.driver_connection is not None:
                await self.give_by(raw.driver_connection)

    async def give_by(self, connection: asyncpg.Connection) -> None:
        """Do the same on a connection of the driver."""
        if time.monotonic() < self._given_at + _COALESCED_SECONDS:
            return
        self._given_at = time.monotonic()
        with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            await connection.execute(_GIVE)

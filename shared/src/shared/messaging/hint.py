"""A hint to the publisher that there is something in the outbox: after the commit, never inside.

A NOTIFY inside a business transaction would serialize commits. One that is lost only costs what
it announces the publisher's next look, which is why it may be skipped soon after another.
"""

import contextlib
import time

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

CHANNEL = "outbox"
_COALESCED_SECONDS = 0.02
_GIVE = text("SELECT pg_notify(:channel, '')")


class Hint:
    """Gives hints for one process, few enough not to be felt."""

    def __init__(self) -> None:
        self._given_at = 0.0

    async def give(self, connection: AsyncConnection) -> None:
        """Wake the publisher, in a transaction of its own; failing is no matter."""
        if time.monotonic() < self._given_at + _COALESCED_SECONDS:
            return
        self._given_at = time.monotonic()
        with contextlib.suppress(SQLAlchemyError, OSError):
            await connection.execute(_GIVE, {"channel": CHANNEL})
            await connection.commit()

"""Checks a connection that has been idle before it is used again.

One used a moment ago is not checked, because under load that would cost a round trip per request.
If it breaks within that moment, one request gets 503 and all old connections are dropped.
"""

import time

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

TRUSTED_SECONDS = 0.5
USED_AT = "used_at"


def ask_the_idle(engine: Engine) -> None:
    """Make the engine's pool check idle connections and replace broken ones."""

    def ask(
        connection: DBAPIConnection, entry: ConnectionPoolEntry, _: PoolProxiedConnection
    ) -> None:
        used_at = entry.info.get(USED_AT)  # nothing in the one that was opened just now
        if used_at is None or time.monotonic() - used_at < TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError("the connection broke while it was idle") from error

    def note(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info[USED_AT] = time.monotonic()

    event.listen(engine, "checkout", ask)
    event.listen(engine, "checkin", note)  # codespell:ignore checkin - SQLAlchemy's

"""A connection that has lain idle is asked whether it lives before it is handed out again.

One that served a moment ago is not: under load that would be a trip to the database for every
request, and one that breaks within that moment is one request's 503 and gone with all of its age.
"""

import time

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

TRUSTED_SECONDS = 0.5
USED_AT = "used_at"


def ask_the_idle(engine: Engine) -> None:
    """Let the engine's pool ask; a connection that does not answer is replaced by a new one."""

    def ask(
        connection: DBAPIConnection, entry: ConnectionPoolEntry, _: PoolProxiedConnection
    ) -> None:
        used_at = entry.info.get(USED_AT)  # nothing in the one that was opened just now
        if used_at is None or time.monotonic() - used_at < TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError("it has gone while nobody used it") from error

    def note(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info[USED_AT] = time.monotonic()

    event.listen(engine, "checkout", ask)
    event.listen(engine, "checkin", note)  # codespell:ignore checkin - SQLAlchemy's

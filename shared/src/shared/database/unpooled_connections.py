"""A leader's own connections outside the pool: plain asyncpg, with timeouts."""

import contextlib

import asyncpg

from shared.process.settings import DatabaseSettings

_CONNECT_SECONDS = 5
_CLOSE_SECONDS = 2
_LOCK_TIMEOUT_MS = 5_000

Options = dict[str, str]

INDEX_ORDER: Options = {
    # A poll planned while the outbox was empty keeps a sequential scan with a sort, which slowed
    # a burst fourfold; this connection only ever reads by key.
    "enable_seqscan": "off",
    "enable_sort": "off",
    "enable_bitmapscan": "off",
    # Arrays are taken for ten elements; a nested loop over thousands would cost their square.
    "enable_nestloop": "off",
}
HINT_ONLY: Options = {
    # Losing the last moments of how far was published only means sending them again.
    "synchronous_commit": "off",
}


async def connect(settings: DatabaseSettings, application: str, options: Options) -> "Connection":
    """Open one connection; the statement timeout limits everything that runs on it."""
    statement_ms = settings.database_statement_timeout_ms
    return await asyncpg.connect(
        settings.database_url.get_secret_value(),
        timeout=_CONNECT_SECONDS,
        command_timeout=statement_ms / 1000 + 1,
        server_settings={
            "application_name": application,
            "statement_timeout": str(statement_ms),
            "lock_timeout": str(_LOCK_TIMEOUT_MS),
            "idle_in_transaction_session_timeout": str(_LOCK_TIMEOUT_MS),
            "timezone": "UTC",
            **options,
        },
    )


async def close(connection: "Connection") -> None:
    """Close it; a connection that does not answer is dropped."""
    with contextlib.suppress(*DATABASE_FAULTS):
        await connection.close(timeout=_CLOSE_SECONDS)
    connection.terminate()


Connection = asyncpg.Connection
DATABASE_FAULTS = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    # What asyncpg raises when the server's farewell crosses a statement on its way out.
    asyncpg.InternalClientError,
)

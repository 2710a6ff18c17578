"""The connection pool of one process, with timeouts for every statement."""

import orjson
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from shared.database.idle_connections import ask_the_idle
from shared.process.settings import DatabaseSettings

CONNECT_SECONDS = 5.0
LOCK_TIMEOUT_MS = 5_000
IDLE_IN_TRANSACTION_MS = 10_000
PREPARED_STATEMENTS = 300
"""Prepared statements per connection; the directory alone has some for each of 58 counties."""


def create_engine(settings: DatabaseSettings, application_name: str) -> AsyncEngine:
    """Make the engine; nothing connects before the first transaction.

    `transaction_timeout` ends transactions that would hold back the event log's readers. A process
    that is idle in a transaction loses its locks sooner, because a use case that has begun waits
    only for the database. Errors contain no parameters, which may be personal, because errors are
    logged and stored.
    """
    engine = create_async_engine(
        driver_url(settings.database_url.get_secret_value()),
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_timeout=10,
        hide_parameters=True,
        json_deserializer=orjson.loads,
        connect_args={
            "timeout": CONNECT_SECONDS,
            "prepared_statement_cache_size": PREPARED_STATEMENTS,
            "server_settings": {
                "application_name": application_name,
                "statement_timeout": str(settings.database_statement_timeout_ms),
                "lock_timeout": str(LOCK_TIMEOUT_MS),
                "idle_in_transaction_session_timeout": str(IDLE_IN_TRANSACTION_MS),
                "transaction_timeout": str(settings.database_transaction_timeout_ms),
                "timezone": "UTC",
            },
        },
    )
    ask_the_idle(engine.sync_engine)
    return engine


def driver_url(url: str) -> str:
    """Convert a PostgreSQL URL to SQLAlchemy's form for asyncpg."""
    _, separator, rest = url.partition("://")
    return f"postgresql+asyncpg{separator}{rest}"

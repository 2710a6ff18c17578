"""Migrations: one runner at a time, never waiting long for a lock that requests hold.

A runner waits for its turn, minutes if need be: the one before it may be building an index. Once
it is its turn, it waits for a table only briefly, since requests queue up behind it. Either way
the session that it waits for is named, while it waits and when it gives up.

The kernel's migrations run first, then the service's own; each keeps its revision in a table of its
own. The `env.py` beside either calls `run_environment`; operators call `migrate`.
"""

import asyncio
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from shared.database.engine import driver_url
from shared.schema.blockers import blockers_of
from shared.schema.former_revisions import tell_kernel_revision
from shared.schema.schema_check import KERNEL_MIGRATIONS, version_table, wait_until

MIGRATION_LOCK = 5_290_1203
TURN_TIMEOUT = "10min"
"""For how long a runner waits for another to finish."""
LOCK_TIMEOUT = "3s"
"""For how long a migration waits for a table; requests wait behind it meanwhile."""
STATEMENT_TIMEOUT = "15min"
LOCK_NOT_AVAILABLE = "55P03"


class MigrationBlockedError(Exception):
    """The migration gave up waiting, and changed nothing; the message names who holds the lock."""


def configuration(directory: Path, url: str = "") -> Config:
    """Alembic's configuration for the migrations of one service, or of the kernel."""
    config = Config()
    config.set_main_option("script_location", str(directory))
    config.attributes["url"] = url
    config.attributes["version_table"] = version_table(directory)
    return config


def migrate(directory: Path, url: str) -> None:
    """Wait for the database, then bring it to the newest revisions; safe to run twice at once.

    `directory` holds the service's migrations. Raises MigrationBlockedError where another session
    holds what a migration needs.
    """
    asyncio.run(_wait_for(url))
    kernel = configuration(KERNEL_MIGRATIONS, url)
    kernel.attributes["migrations_of_service"] = directory
    command.upgrade(kernel, "head")
    command.upgrade(configuration(directory, url), "head")


def run_environment(metadata: MetaData) -> None:
    """What a service's env.py runs."""
    asyncio.run(_run(context.config.attributes["url"], metadata))


async def _run(url: str, metadata: MetaData) -> None:
    named = {"server_settings": {"application_name": "migrate"}}
    engine = create_async_engine(driver_url(url), poolclass=NullPool, connect_args=named)
    try:
        async with engine.connect() as connection:
            await _upgrade_or_say_who_blocks(engine, connection, metadata)
            await connection.commit()
    finally:
        await engine.dispose()


async def _upgrade_or_say_who_blocks(
    engine: AsyncEngine, connection: AsyncConnection, metadata: MetaData
) -> None:
    pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    async with blockers_of(engine, pid) as blockers:
        try:
            await connection.run_sync(_upgrade, metadata)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            raise MigrationBlockedError(
                f"the migration changed nothing: a lock that it needs is held by {blockers}."
                " End that session or wait for it, then run migrate again"
            ) from error


def _upgrade(connection: Connection, metadata: MetaData) -> None:
    _wait_for_turn(connection)
    connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
    connection.execute(text(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'"))
    told = context.config.attributes
    if (migrations := told.get("migrations_of_service")) is not None:
        tell_kernel_revision(connection, migrations)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=told["version_table"],
    )
    with context.begin_transaction():
        context.run_migrations()


def _wait_for_turn(connection: Connection) -> None:
    """Hold the lock that one runner at a time holds, until the transaction ends."""
    connection.execute(text(f"SET lock_timeout = '{TURN_TIMEOUT}'"))
    connection.execute(text("SET statement_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})


async def _wait_for(url: str) -> None:
    engine = create_async_engine(driver_url(url), poolclass=NullPool, connect_args={"timeout": 5})

    async def ask() -> str | None:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
        return None

    await wait_until(ask)
    await engine.dispose()

"""Runs migrations, one at a time, never waiting long for a lock that requests need.

A migration waits minutes for another one, which may be building an index. Then it waits only
briefly for a table, since requests queue up behind it. In both cases it names the session that it
waits for.

The shared migrations run first, then the service's own; each set stores its revision in a table of
its own. The `env.py` of each calls `run_environment`; operators call `migrate`.
"""

import asyncio
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from shared.database.engine import driver_url
from shared.schema.blockers import blockers_of
from shared.schema.former_revisions import UnknownRevisionError, tell_kernel_revision
from shared.schema.schema_check import KERNEL_MIGRATIONS, version_table, wait_until

MIGRATION_LOCK = 5_290_1203
TURN_TIMEOUT = "10min"
"""How long to wait for another migration to finish."""
LOCK_TIMEOUT = "3s"
"""How long to wait for a table; requests queue up behind this wait."""
STATEMENT_TIMEOUT = "15min"
LOCK_NOT_AVAILABLE = "55P03"


class MigrationBlockedError(Exception):
    """A migration gave up waiting and changed nothing; the message names the blocking session."""


def configuration(directory: Path, url: str = "") -> Config:
    """Alembic's configuration for the migrations of one service, or of the kernel."""
    config = Config()
    config.set_main_option("script_location", str(directory))
    config.attributes["url"] = url
    config.attributes["version_table"] = version_table(directory)
    return config


def migrate(directory: Path, url: str) -> None:
    """Wait for the database, then migrate to the newest revisions; two runs at once are safe.

    `directory` contains the service's migrations. Raises MigrationBlockedError if another session
    blocks a migration, UnknownRevisionError if another version or service migrated the database.
    """
    asyncio.run(_wait_for(url))
    kernel = configuration(KERNEL_MIGRATIONS, url)
    kernel.attributes["migrations_of_service"] = directory
    try:
        command.upgrade(kernel, "head")
        command.upgrade(configuration(directory, url), "head")
    except CommandError as error:  # Alembic's word for a revision that has no file
        raise UnknownRevisionError(
            f"the database is at a revision that this version does not know: {error}."
            f" Check that it is the database of {directory.parents[1].name}"
        ) from error


def run_environment(metadata: MetaData) -> None:
    """Called by a service's env.py."""
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
                "the blocked migration changed nothing: a lock that it needs is held by"
                f" {blockers}. End that session, or wait for it, then run migrate again"
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
    """Take the lock that only one migration can hold, until the transaction ends."""
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

"""Migrations: one runner at a time, never waiting long for a lock that requests hold.

A service's `storage/migrations/env.py` calls `run_environment`; operators call `migrate`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from shared.database.engine import driver_url
from shared.operations.logging import logger

LOG = logger(__name__)
MIGRATION_LOCK = 5_290_1203
LOCK_TIMEOUT = "3s"
STATEMENT_TIMEOUT = "15min"
ASK_AGAIN_SECONDS = 0.5
SAY_AGAIN_SECONDS = 5.0
_STANDS = text("SELECT version_num FROM alembic_version")


def configuration(directory: Path, url: str = "") -> Config:
    """Alembic's configuration for one service's migrations."""
    config = Config()
    config.set_main_option("script_location", str(directory))
    config.attributes["url"] = url
    return config


def migrate(directory: Path, url: str) -> None:
    """Wait for the database, then bring it to the head revision; safe to run twice at once."""
    asyncio.run(_wait_for(url))
    command.upgrade(configuration(directory, url), "head")


def run_environment(metadata: MetaData) -> None:
    """What a service's env.py runs."""
    asyncio.run(_run(context.config.attributes["url"], metadata))


async def _run(url: str, metadata: MetaData) -> None:
    engine = create_async_engine(driver_url(url), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(_upgrade, metadata)
        await connection.commit()
    await engine.dispose()


def _upgrade(connection: Connection, metadata: MetaData) -> None:
    connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
    connection.execute(text(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


async def _wait_for(url: str) -> None:
    engine = create_async_engine(driver_url(url), poolclass=NullPool, connect_args={"timeout": 5})

    async def ask() -> str | None:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
        return None

    await wait_until(ask)
    await engine.dispose()


class SchemaCheck:
    """Says whether the database stands at the revision this code was written for."""

    def __init__(self, engine: AsyncEngine, directory: Path) -> None:
        self._engine = engine
        self._directory = directory
        self._head: str | None = None

    async def __call__(self) -> str | None:
        """None when it does, else what stands there instead."""
        if self._head is None:
            script = ScriptDirectory.from_config(configuration(self._directory))
            self._head = script.get_current_head()
        async with self._engine.connect() as connection:
            is_there = await connection.scalar(text("SELECT to_regclass('alembic_version')"))
            stands = await connection.scalar(_STANDS) if is_there else None
        if stands == self._head:
            return None
        return f"the schema is at {stands or 'nothing'}, this code needs {self._head}: run migrate"


async def wait_until(check: Callable[[], Awaitable[str | None]]) -> None:
    """Ask until the check gives no reason to wait, saying every few seconds what it waits for."""
    asked = 0
    while (reason := await _reason(check)) is not None:
        if asked % int(SAY_AGAIN_SECONDS / ASK_AGAIN_SECONDS) == 0:
            LOG.warning("waiting_for_postgresql", reason=reason)
        asked += 1
        await asyncio.sleep(ASK_AGAIN_SECONDS)


async def _reason(check: Callable[[], Awaitable[str | None]]) -> str | None:
    try:
        return await check()
    except (OSError, DBAPIError) as error:
        return str(error).splitlines()[0]

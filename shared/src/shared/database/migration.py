"""Migrations: one runner at a time, never waiting long for a lock that requests hold.

A service's `storage/migrations/env.py` calls `run_environment`; operators call `migrate`.
"""

import asyncio
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shared.database.engine import driver_url
from shared.database.schema_check import wait_until

MIGRATION_LOCK = 5_290_1203
LOCK_TIMEOUT = "3s"
STATEMENT_TIMEOUT = "15min"


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

"""Checks that the database is available and has the schema revisions of this version.

It needs no Alembic: a revision's file is named by its id, and the last by name is the head.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import column, select, text
from sqlalchemy import table as table_named
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from shared.process.logging import logger

LOG = logger(__name__)
ASK_AGAIN_SECONDS = 0.2
SAY_AGAIN_SECONDS = 5.0
KERNEL_MIGRATIONS = Path(__file__).parent / "migrations"


def version_table(migrations: Path) -> str:
    """The table that stores the revision of one folder of migrations."""
    return "kernel_version" if migrations == KERNEL_MIGRATIONS else "alembic_version"


def head_of(migrations: Path) -> str:
    """The id of the last revision in a folder of migrations."""
    revisions = [file.stem for file in (migrations / "versions").glob("*.py")]
    return max(each for each in revisions if not each.startswith("_"))


class SchemaCheck:
    """Checks that the database has the schema revisions of this version."""

    def __init__(self, engine: AsyncEngine, migrations: Path) -> None:
        self._engine = engine
        self._heads = {
            version_table(each): head_of(each) for each in (KERNEL_MIGRATIONS, migrations)
        }

    async def __call__(self) -> str | None:
        """Return None if the database has these revisions; otherwise the reason."""
        async with self._engine.connect() as connection:
            for table, head in self._heads.items():
                stands = await _stands(connection, table)
                if stands != head:
                    return (
                        f"the schema is at {stands or 'none'}, but this version needs {head}: run"
                        " migrate"
                    )
        return None


async def _stands(connection: AsyncConnection, table: str) -> str | None:
    """The revision in a version table; None if it is empty or missing."""
    if not await connection.scalar(text("SELECT to_regclass(:table)"), {"table": table}):
        return None
    found: str | None = await connection.scalar(
        select(column("version_num")).select_from(table_named(table))
    )
    return found


async def wait_until(check: Callable[[], Awaitable[str | None]]) -> None:
    """Wait until the check succeeds; log the reason every few seconds."""
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

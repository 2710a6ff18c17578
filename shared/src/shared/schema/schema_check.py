"""Checks that the database is available and has the schema revision of this version.

It needs no Alembic: a revision's file is named by its id, `NNNN_what`; the last is the head.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.process.logging import logger

LOG = logger(__name__)
ASK_AGAIN_SECONDS = 0.2
SAY_AGAIN_SECONDS = 5.0
_STANDS = text("SELECT version_num FROM alembic_version")


def head_of(migrations: Path) -> str:
    """The id of the last revision in a folder of migrations."""
    return max(file.stem for file in (migrations / "versions").glob("[0-9]*.py"))


class SchemaCheck:
    """Checks that the database has the schema revision of this version."""

    def __init__(self, engine: AsyncEngine, migrations: Path) -> None:
        self._engine = engine
        self._head = head_of(migrations)

    async def __call__(self) -> str | None:
        """None if it has; otherwise the reason."""
        async with self._engine.connect() as connection:
            is_there = await connection.scalar(text("SELECT to_regclass('alembic_version')"))
            stands = await connection.scalar(_STANDS) if is_there else None
        if stands == self._head:
            return None
        return (
            f"the schema is at {stands or 'none'}, but this version needs {self._head}: run migrate"
        )


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

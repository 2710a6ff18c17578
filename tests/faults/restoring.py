"""Takes a database back to an earlier point, as the restore of a backup does."""

import secrets

import asyncpg

from faults.counted import Counted
from local_system.databases import address


class Backup:
    """The announcing service's database as it was; its publisher is stopped when it is made."""

    def __init__(self, counted: Counted) -> None:
        self._counted = counted
        self._of = counted.writer_url.rpartition("/")[2]
        self._name = f"backup_{secrets.token_hex(6)}"
        self._committed = list(counted.writes.committed)

    async def make(self) -> None:
        """Copy the database."""
        await self._execute(
            f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"  # noqa: S608 - a name of our own
            f" WHERE datname = '{self._of}'",
            f'CREATE DATABASE "{self._name}" TEMPLATE "{self._of}" STRATEGY file_copy',
        )

    async def restore(self) -> None:
        """Put the copy in the database's place."""
        await self._execute(
            f'DROP DATABASE "{self._of}" WITH (FORCE)',
            f'ALTER DATABASE "{self._name}" RENAME TO "{self._of}"',
        )
        self._counted.writes.committed = self._committed

    async def drop(self) -> None:
        """Leave nothing behind where it was never restored."""
        await self._execute(f'DROP DATABASE IF EXISTS "{self._name}"')

    async def _execute(self, *statements: str) -> None:
        connection = await asyncpg.connect(address(self._counted.writer_url, "postgres"))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

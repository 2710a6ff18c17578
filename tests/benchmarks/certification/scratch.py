"""One database with everything at once: the register, the directory, the desk and its duties."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from benchmarks.certification.costs import parent_of
from benchmarks.certification.full_desk import fill_desk
from benchmarks.certification.holders import fill_register
from shared.clock import SystemClock, california_date
from shared.http.paging import encode_cursor

KEYS = 1_000


@dataclass(frozen=True)
class Sizes:
    """How many there are of each."""

    programs: int = 20_000
    providers: int = 60_000
    open_files: int = 50_000
    closed_files: int = 100_000

    def tenth(self) -> "Sizes":
        """A tenth of all."""
        return Sizes(*(each // 10 for each in vars(self).values()))


@dataclass(frozen=True)
class Scratch:
    """What the questions need to know of the database that was filled."""

    sizes: Sizes
    row_ids: tuple[UUID, ...]
    by_completed: str
    by_due: str
    """Cursors to the middle of the queue."""
    postgres_id: int


async def fill_scratch(url: str, sizes: Sizes) -> Scratch:
    """Fill a migrated database."""
    now = SystemClock().now()
    connection = await asyncpg.connect(url, command_timeout=600)
    try:
        await fill_register(
            connection,
            programs=sizes.programs,
            providers=sizes.providers,
            today=california_date(now),
        )
        await fill_desk(
            connection, open_files=sizes.open_files, closed_files=sizes.closed_files, now=now
        )
        await connection.execute("VACUUM (ANALYZE)")
        return await _learned(connection, sizes)
    finally:
        await connection.close()


async def _learned(connection: asyncpg.Connection, sizes: Sizes) -> Scratch:
    rows = await connection.fetch(f"SELECT id FROM programs LIMIT {KEYS}")  # noqa: S608 - a number of ours
    return Scratch(
        sizes=sizes,
        row_ids=tuple(row["id"] for row in rows),
        by_completed=await _middle(connection, "completed_at", sizes),
        by_due=await _middle(connection, "due_at", sizes),
        postgres_id=parent_of(connection.get_server_pid()),
    )


async def _middle(connection: asyncpg.Connection, column: str, sizes: Sizes) -> str:
    """The cursor of a page in the middle of those in line."""
    [row] = await connection.fetch(
        f"SELECT {column} AS at, a.id FROM applications a JOIN duties d ON d.subject_id = a.id"  # noqa: S608 - a column of ours
        " WHERE a.state IN ('complete', 'in-review') AND d.rule = 'decide-application'"
        f" ORDER BY {column}, a.id OFFSET {sizes.open_files // 5} LIMIT 1"
    )
    at: datetime = row["at"]
    return encode_cursor(at, row["id"])

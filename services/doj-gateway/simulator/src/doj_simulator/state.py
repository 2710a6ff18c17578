"""The data of the simulated DOJ, in one SQLite file that survives a crash."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS submissions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    reference TEXT NOT NULL UNIQUE,
    content_hash TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('accepted', 'rejected')),
    reason_code TEXT,
    decided_at TEXT NOT NULL,
    acknowledge_at TEXT,
    deliveries INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS notices (
    notice_id TEXT PRIMARY KEY,
    instrument TEXT NOT NULL,
    assessed_on TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    cii_number TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    family_name TEXT NOT NULL,
    taken_at TEXT,
    acknowledged_at TEXT,
    pushes INTEGER NOT NULL DEFAULT 0,
    next_push_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS notices_to_push ON notices (next_push_at) WHERE acknowledged_at IS NULL;
"""

Values = Mapping[str, str | int | None]


class State:
    """One connection. Every statement is committed to disk before the request is answered."""

    def __init__(self, file: Path | str) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(SCHEMA)

    def one(self, query: str, values: Values) -> sqlite3.Row | None:
        """Return the first row, or None."""
        row: sqlite3.Row | None = self._connection.execute(query, values).fetchone()
        return row

    def all(self, query: str, values: Values) -> list[sqlite3.Row]:
        """Return all rows."""
        return self._connection.execute(query, values).fetchall()

    def change(self, statement: str, values: Values) -> None:
        """Run one statement that writes."""
        self._connection.execute(statement, values)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def now() -> datetime:
    """Return the current time in UTC, by this process's clock."""
    return datetime.now(UTC) + _TRAVELED[0]


def travel_by(offset: timedelta) -> None:
    """Move this process's clock. Called once, at start."""
    _TRAVELED[0] = offset


_TRAVELED = [timedelta()]


def written(instant: datetime) -> str:
    """Format an instant so that texts sort in order of time."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")

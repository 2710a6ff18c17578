"""The sequenced log: one row per event, numbered without gaps, each with its predecessor.

The fields of a logged event are in the order of the table's columns, so that rows are copied
without translation.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg


class LoggedEvent(NamedTuple):
    """One event with its place in the log and in its Kafka partition."""

    sequence: int
    event_id: UUID
    type: str
    schema_version: int
    subject_kind: str
    subject_id: UUID
    occurred_at: datetime
    correlation_id: UUID
    causation_id: UUID | None
    data: bytes
    traceparent: str | None
    partition: int
    previous_sequence: int


_COLUMNS = ", ".join(LoggedEvent._fields)
_AFTER = (
    f"SELECT {_COLUMNS} FROM event_log"  # noqa: S608 - column names of our own
    " WHERE sequence > $1 ORDER BY sequence LIMIT $2"
)


async def read_after(
    connection: asyncpg.Connection, sequence: int, limit: int
) -> list[LoggedEvent]:
    """Return the next events after a sequence, in order."""
    return [LoggedEvent(*row) for row in await connection.fetch(_AFTER, sequence, limit)]


async def append(connection: asyncpg.Connection, events: Sequence[LoggedEvent]) -> None:
    """Copy events into the log, inside the caller's transaction."""
    await connection.copy_records_to_table("event_log", records=events, columns=LoggedEvent._fields)


class LogEntry(NamedTuple):
    """What identifies an entry when the log is compared with Kafka."""

    event_id: UUID
    partition: int


async def entries_at(
    connection: asyncpg.Connection, sequences: Sequence[int]
) -> dict[int, LogEntry]:
    """Return the log's entries at these sequences; missing ones are left out."""
    rows = await connection.fetch(
        "SELECT sequence, event_id, partition FROM event_log WHERE sequence = ANY($1::bigint[])",
        sequences,
    )
    return {row["sequence"]: LogEntry(row["event_id"], row["partition"]) for row in rows}


async def next_in_partition(
    connection: asyncpg.Connection, sequence: int, partition: int
) -> int | None:
    """Return the first sequence of a partition after one; None if there is none."""
    after: int | None = await connection.fetchval(
        "SELECT sequence FROM event_log WHERE sequence > $1 AND partition = $2"
        " ORDER BY sequence LIMIT 1",
        *(sequence, partition),
    )
    return after


async def last_in_partition(
    connection: asyncpg.Connection, through: int, partition: int
) -> int | None:
    """Return the last sequence of a partition through one; None if there is none."""
    last: int | None = await connection.fetchval(
        "SELECT sequence FROM event_log WHERE sequence <= $1 AND partition = $2"
        " ORDER BY sequence DESC LIMIT 1",
        *(through, partition),
    )
    return last

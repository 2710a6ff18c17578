"""Sequencing: what committed in the outbox gets its place in the log, in one transaction.

The rows are deleted and copied with their numbers; the update of `publication` comes last and
only counts for the leader of this term, from the very place it read. Anything else leaves.
"""

from collections.abc import Sequence
from typing import Any

import asyncpg

from shared.messaging import event_log
from shared.messaging.connections import Connection
from shared.messaging.event_log import LoggedEvent
from shared.messaging.fault_points import FaultPoint, reach
from shared.messaging.leases import Lease, LeaseLostError
from shared.messaging.log_partitions import LogPartitions
from shared.messaging.partitioning import partition_of
from shared.messaging.publication import Publication

EVENTS_AT_ONCE = 2_000

# An array, not IN (SELECT …): planned with the statistics of an empty table, IN fell from
# hundreds of thousands of rows a second to hundreds.
_TAKE = """
    DELETE FROM outbox WHERE id = ANY(ARRAY(SELECT id FROM outbox ORDER BY id LIMIT $1))
    RETURNING id, event_id, type, schema_version, subject_kind, subject_id, occurred_at,
              correlation_id, causation_id, data, traceparent
"""
_ADVANCE = """
    UPDATE publication SET sequenced_through = $1, tails = $2
    WHERE term = $3 AND epoch = $4 AND sequenced_through = $5
    RETURNING sequenced_through
"""
_WAITING = "SELECT id FROM outbox ORDER BY id LIMIT 1"


class Sequencer:
    """Numbers events for one leadership; a new leader makes a new one."""

    def __init__(self, connection: Connection, lease: Lease, publication: Publication) -> None:
        self._connection = connection
        self._lease = lease
        self._partitions = LogPartitions(connection)
        self._waiting: asyncpg.prepared_stmt.PreparedStatement[Any] | None = None
        self.publication = publication

    async def has_waiting(self) -> bool:
        """Whether anything waits for its sequence; one cheap statement."""
        if self._waiting is None:
            self._waiting = await self._connection.prepare(_WAITING)
        return await self._waiting.fetchval() is not None

    async def sequence(self, limit: int = EVENTS_AT_ONCE) -> list[LoggedEvent]:
        """Sequence the next events and return them, committed.

        Raises LeaseLostError when this leader's term has ended; then nothing was changed.
        """
        self._lease.require()
        before = self.publication.sequenced_through
        await self._partitions.prepare(before + limit)
        async with self._connection.transaction():
            rows = await self._connection.fetch(_TAKE, limit)
            if not rows:
                return []
            reach(FaultPoint.TAKEN)
            events, tails = _numbered(rows, self.publication)
            await event_log.append(self._connection, events)
            await self._advance(before, events[-1].sequence, tails)
        self.publication.sequenced_through = events[-1].sequence
        self.publication.tails = tails
        return events

    async def _advance(self, before: int, through: int, tails: list[int]) -> None:
        mine = self.publication
        advanced = await self._connection.fetchval(
            _ADVANCE, through, tails, mine.term, mine.epoch, before
        )
        if advanced is None:
            raise LeaseLostError(f"term {mine.term} has ended")


def _numbered(
    rows: Sequence[asyncpg.Record], publication: Publication
) -> tuple[list[LoggedEvent], list[int]]:
    """Give the rows, by ascending id, the next sequences; also return the new tails."""
    tails = list(publication.tails)
    events = []
    ordered = sorted(rows, key=lambda row: row["id"])
    for sequence, row in enumerate(ordered, publication.sequenced_through + 1):
        partition = partition_of(row["subject_id"], publication.partition_count)
        events.append(LoggedEvent._make((sequence, *row[1:], partition, tails[partition])))
        tails[partition] = sequence
    return events, tails

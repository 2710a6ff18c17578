"""Sequencing: moves committed events from the outbox to their place in the log, in one statement.

The statement first advances `publication` from the sequence that was read, which only the leader of
this term can do; the row stays locked until the commit. Then it moves each row by its id. If a row
is missing, a NOT NULL constraint fails, so that the whole statement is rolled back without a gap.
"""

import asyncio
import time
from collections.abc import Sequence

import asyncpg

from shared.database.leases import Lease, LeaseLostError
from shared.database.unpooled_connections import Connection
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.log.log_partitions import LogPartitions
from shared.messaging.log.publication import Publication
from shared.messaging.wire.partitioning import partitions_of
from shared.process.fault_points import FaultPoint, reach

EVENTS_AT_ONCE = 2_000

_FIELDS = (
    "event_id, type, schema_version, subject_kind, subject_id, occurred_at,"
    " correlation_id, causation_id, data, traceparent"
)
_LOOK = f"SELECT id, {_FIELDS} FROM outbox ORDER BY id LIMIT $1"  # noqa: S608 - names of our own
# Excludes the rows being moved by their ids. Reading only beyond their highest id would miss a
# lower id committed meanwhile, and would number later events of its subject before it.
_LOOK_AHEAD = f"""
    SELECT id, {_FIELDS} FROM outbox WHERE NOT id <@ $2::int8multirange ORDER BY id LIMIT $1
"""  # noqa: S608 - names of our own
# An array of ids, not a subquery: with the statistics of an empty table, the plan for IN fell
# from hundreds of thousands of rows a second to hundreds.
_MOVE = f"""
    WITH advanced AS (
        UPDATE publication SET sequenced_through = $1, tails = $2
        WHERE term = $3 AND epoch = $4 AND sequenced_through = $5
        RETURNING id
    ), taken AS (
        DELETE FROM outbox WHERE id = ANY($6::bigint[]) AND EXISTS (SELECT FROM advanced)
        RETURNING *
    )
    INSERT INTO event_log (sequence, {_FIELDS}, partition, previous_sequence)
    SELECT $5 + place.nth, {_FIELDS}, place.partition, place.previous_sequence
    FROM taken RIGHT JOIN unnest($6::bigint[], $7::smallint[], $8::bigint[]) WITH ORDINALITY
        AS place (id, partition, previous_sequence, nth) USING (id)
"""  # noqa: S608 - names of our own


class Sequencer:
    """Numbers events for one leadership; a new leader makes a new one.

    With a second connection, the rows after a full batch are read ahead while the batch is moved.
    """

    def __init__(
        self,
        connection: Connection,
        lease: Lease,
        publication: Publication,
        ahead: Connection | None = None,
    ) -> None:
        self._connection = connection
        self._ahead = ahead
        self._looking_ahead: asyncio.Task[list[asyncpg.Record]] | None = None
        self._lease = lease
        self._partitions = LogPartitions(connection)
        self.publication = publication
        self.look_seconds = 0.0

    async def sequence(self, limit: int = EVENTS_AT_ONCE) -> list[LoggedEvent]:
        """Sequence and commit the next events; return them, or an empty list if none are waiting.

        Raises LeaseLostError when this leader's term has ended; then nothing was changed.
        """
        rows = await self._look(limit)
        if not rows:
            return []
        reach(FaultPoint.TAKEN)
        events, tails = _numbered(rows, self.publication)
        await self._partitions.prepare(events[-1].sequence)
        self._lease.require()
        ids = [row[0] for row in rows]
        if self._ahead is not None and len(rows) == limit:
            looking = self._ahead.fetch(_LOOK_AHEAD, limit, _ranges(ids))
            self._looking_ahead = asyncio.create_task(looking)
        await self._move(ids, events, tails)
        self.publication.sequenced_through = events[-1].sequence
        self.publication.tails = tails
        return events

    async def stop(self) -> None:
        """Stop reading ahead, and discard what was read: another leader may number it."""
        if self._looking_ahead is not None:
            self._looking_ahead.cancel()
            await asyncio.gather(self._looking_ahead, return_exceptions=True)

    async def _look(self, limit: int) -> list[asyncpg.Record]:
        looked_at = time.monotonic()
        ahead, self._looking_ahead = self._looking_ahead, None
        rows: list[asyncpg.Record] = await (ahead or self._connection.fetch(_LOOK, limit))
        self.look_seconds = time.monotonic() - looked_at
        return rows

    async def _move(self, ids: list[int], events: list[LoggedEvent], tails: list[int]) -> None:
        mine = self.publication
        try:
            await self._connection.execute(
                _MOVE,
                *(events[-1].sequence, tails, mine.term, mine.epoch, mine.sequenced_through),
                *(ids, [e.partition for e in events], [e.previous_sequence for e in events]),
            )
        except asyncpg.NotNullViolationError as error:
            raise LeaseLostError(f"term {mine.term} has ended, or a row is gone") from error


def _ranges(ids: list[int]) -> list["asyncpg.Range[int]"]:
    """Return ascending ids as ranges without gaps; one range if no transaction was rolled back."""
    ranges: list[asyncpg.Range[int]] = []
    first = before = ids[0]
    for each in ids[1:]:
        if each != before + 1:
            ranges.append(asyncpg.Range(first, before + 1))
            first = each
        before = each
    return [*ranges, asyncpg.Range(first, before + 1)]


def _numbered(
    rows: Sequence[asyncpg.Record], publication: Publication
) -> tuple[list[LoggedEvent], list[int]]:
    """Assign the next sequences to the rows, by ascending id; also return the new tails."""
    tails = list(publication.tails)
    events = []
    partitions = partitions_of([row["subject_id"] for row in rows], publication.partition_count)
    first = publication.sequenced_through + 1
    for sequence, (row, partition) in enumerate(zip(rows, partitions, strict=True), first):
        events.append(LoggedEvent._make((sequence, *row[1:], partition, tails[partition])))
        tails[partition] = sequence
    return events, tails

"""The outbox: events leave a transaction in one statement of their own, after all its locks.

The identity of a row is drawn when the INSERT runs. Because the subject's row is locked by then,
of one subject's events the lower id is always visible first; drawn earlier, order would break.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
)
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncConnection

LARGEST_RECORD_BYTES = 65_536
"""Of key, value and headers: a sixteenth of what a broker takes if nobody says otherwise."""
_KEY_BYTES = 36
_HEADERS_BYTES = 512
"""At most, wherever in the log the event ends up; without its type, which comes twice."""


@dataclass(frozen=True)
class OutboxRow:
    """One event as it waits for its sequence; `data` is the JSON of the event's fields."""

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

    @property
    def record_bytes(self) -> int:
        """The largest possible size of the event's record: key, value and headers."""
        headers = _HEADERS_BYTES + 2 * len(self.type) + len(self.traceparent or "")
        return _KEY_BYTES + len(self.data) + headers


def attach_outbox(metadata: MetaData) -> Table:
    """Add the outbox to a service's tables."""
    return Table(
        "outbox",
        metadata,
        Column("id", BigInteger, Identity(always=True, cache=1), primary_key=True),
        Column("event_id", Uuid, nullable=False),
        Column("type", Text, nullable=False),
        Column("schema_version", BigInteger, nullable=False),
        Column("subject_kind", Text, nullable=False),
        Column("subject_id", Uuid, nullable=False),
        Column("occurred_at", DateTime(timezone=True), nullable=False),
        Column("correlation_id", Uuid, nullable=False),
        Column("causation_id", Uuid),
        Column("data", LargeBinary, nullable=False),
        Column("traceparent", Text),
    )


_INSERT = sql(
    """
    INSERT INTO outbox (event_id, type, schema_version, subject_kind, subject_id, occurred_at,
                        correlation_id, causation_id, data, traceparent)
    SELECT event_id, type, schema_version, subject_kind, subject_id, occurred_at,
           correlation_id, causation_id, data, traceparent
    FROM unnest(CAST(:event_ids AS uuid[]), CAST(:types AS text[]),
                CAST(:schema_versions AS bigint[]), CAST(:subject_kinds AS text[]),
                CAST(:subject_ids AS uuid[]), CAST(:occurred_ats AS timestamptz[]),
                CAST(:correlation_ids AS uuid[]), CAST(:causation_ids AS uuid[]),
                CAST(:datas AS bytea[]), CAST(:traceparents AS text[]))
         WITH ORDINALITY AS event (event_id, type, schema_version, subject_kind, subject_id,
                                   occurred_at, correlation_id, causation_id, data, traceparent,
                                   ordinality)
    ORDER BY ordinality
    """
)


async def write(connection: AsyncConnection, rows: Sequence[OutboxRow]) -> None:
    """Write the rows in their order; the caller holds the locks of all their subjects."""
    if not rows:
        return
    await connection.execute(
        _INSERT,
        {
            f"{name}s": [getattr(row, name) for row in rows]
            for name in OutboxRow.__dataclass_fields__
        },
    )

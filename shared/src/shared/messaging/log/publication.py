"""Which process publishes, and how far: the one row against which a leader's writes are checked.

Taking over writes a higher term, after which an older leader can no longer change the log. The row
also stores the server's identity, so that a database restored elsewhere or promoted from a replica
is noticed before it numbers events again; and whether Kafka was ever found to have events that this
log does not have, so that a restart does not forget it.
"""

from dataclasses import dataclass
from uuid import UUID

from shared.database import leases
from shared.database.leases import Lease, LeaseLostError
from shared.database.unpooled_connections import Connection

_FIRST = """
    INSERT INTO publication (id, epoch, term, sequenced_through, tails, partition_count,
                             system_identifier, timeline)
    VALUES (1, 1, $1, 0, array_fill(0::bigint, ARRAY[$2::int]), $2, $3, $4)
    ON CONFLICT ON CONSTRAINT pk_publication DO NOTHING
"""
_FIRST_PUBLISHED = """
    INSERT INTO published (id, published_through) VALUES (1, 0)
    ON CONFLICT ON CONSTRAINT pk_published DO NOTHING
"""
_NEXT_TERM = """
    UPDATE publication SET term = $1 WHERE term <= $1
    RETURNING epoch, term, sequenced_through, tails, partition_count, system_identifier, timeline,
              refused_because
"""
_SERVER = """
    SELECT system_identifier,
           ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint AS timeline
    FROM pg_control_system()
"""
_RECORD = """
    UPDATE published SET published_through = GREATEST(published_through, $1)
    WHERE EXISTS (SELECT FROM publication WHERE term = $2 AND epoch = $3)
    RETURNING published_through
"""
_REFUSE = """
    UPDATE publication SET refused_because = $1,
        refused_at = CASE WHEN $1::text IS NULL THEN NULL
                          ELSE coalesce(refused_at, clock_timestamp()) END
    WHERE term = $2 AND epoch = $3
    RETURNING term
"""


class LogRefusedError(Exception):
    """This cannot be the log that was published; an operator must begin a new epoch."""


@dataclass
class Publication:
    """The row as its leader knows it; `tails` is the last sequence of each Kafka partition.

    `refused_because` is how Kafka contradicts this log; None if it does not.
    """

    epoch: int
    term: int
    sequenced_through: int
    tails: list[int]
    partition_count: int
    system_identifier: int
    timeline: int
    refused_because: str | None = None


async def lead(
    connection: Connection, owner: UUID, partition_count: int
) -> tuple[Lease, Publication] | None:
    """Take the publisher's lease and the next term; None if another process leads.

    Raises LogRefusedError if the row was written on another server or timeline.
    """
    async with connection.transaction():
        lease = await leases.take(connection, "publisher", owner)
        if lease is None:
            return None
        server = await _server(connection)
        await connection.execute(_FIRST, lease.term, partition_count, *server)
        await connection.execute(_FIRST_PUBLISHED)
        row = await connection.fetchrow(_NEXT_TERM, lease.term)
    if row is None:
        raise LeaseLostError(f"the publication is beyond term {lease.term}")
    publication = Publication(**row)
    published_from = (publication.system_identifier, publication.timeline)
    if published_from != server:
        raise LogRefusedError(
            f"the log was published from server and timeline {published_from}, but this "
            f"database is {server}: begin a new epoch"
        )
    return lease, publication


async def _server(connection: Connection) -> tuple[int, int]:
    row = await connection.fetchrow(_SERVER)
    if row is None:
        raise LogRefusedError("the server does not say which one it is")
    return row["system_identifier"], row["timeline"]


async def published_through(connection: Connection) -> int:
    """Return the sequence up to which Kafka acknowledged everything."""
    through: int = await connection.fetchval("SELECT published_through FROM published")
    return through


async def record_published(connection: Connection, publication: Publication, through: int) -> None:
    """Record that Kafka acknowledged everything up to a sequence."""
    recorded = await connection.fetchval(_RECORD, through, publication.term, publication.epoch)
    if recorded is None:
        raise LeaseLostError(f"term {publication.term} has ended")


async def remember_refusal(
    connection: Connection, publication: Publication, because: str | None
) -> None:
    """Record why Kafka and this log contradict each other; None once they agree again."""
    asked = (because, publication.term, publication.epoch)
    if await connection.fetchval(_REFUSE, *asked) is None:
        raise LeaseLostError(f"term {publication.term} has ended")
    publication.refused_because = because

"""Why messages are set aside, by cause: the same reason, type and error, ids in it left aside.

A cause has no row of its own. Its id is a hash of what it is, so it stays the same as long as
messages are set aside for it, in every service's desk and on every day.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.errors import NotFoundError

_ERROR = """
    regexp_replace(message.error,
        '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', '<id>', 'gi')
"""
_CAUSE_ID = f"""
    CAST(md5(concat_ws(chr(31), message.reason, coalesce(message.type, ''), {_ERROR})) AS uuid)
"""
_IS_OPEN = "message.state IN ('waiting', 'dead')"
_IS_HEAD = """
    (message.subject_id IS NULL OR NOT EXISTS (
        SELECT FROM parked_messages AS earlier
        WHERE earlier.consumer = message.consumer AND earlier.topic = message.topic
          AND earlier.subject_id = message.subject_id AND earlier.state IN ('waiting', 'dead')
          AND (earlier.epoch, earlier.sequence) < (message.epoch, message.sequence)))
"""
_GROUPS = f"""
    SELECT id, reason, type, error, count(*) AS messages,
           count(*) FILTER (WHERE is_head) AS heads,
           count(*) FILTER (WHERE state = 'waiting') AS waiting,
           count(*) FILTER (WHERE state = 'dead') AS dead,
           min(parked_at) AS first_seen_at, max(parked_at) AS last_seen_at,
           min(parked_at) FILTER (WHERE state = 'waiting') AS oldest_waiting_at
    FROM (
        SELECT {_CAUSE_ID} AS id, reason, type, {_ERROR} AS error, state, parked_at,
               {_IS_HEAD} AS is_head
        FROM parked_messages AS message WHERE {_IS_OPEN}
    ) AS found
    GROUP BY id, reason, type, error
"""  # noqa: S608 - put together of constants of this module
_LISTED = text(
    f"{_GROUPS} HAVING CAST(:seen AS timestamptz) IS NULL"
    " OR (min(parked_at), id) > (CAST(:seen AS timestamptz), CAST(:id AS uuid))"
    " ORDER BY first_seen_at, id LIMIT :limit"
)
_ANY = text(
    f"SELECT EXISTS (SELECT FROM parked_messages AS message"  # noqa: S608 - the same
    f" WHERE {_IS_OPEN} AND {_CAUSE_ID} = :cause_id)"
)
_RETRY_HEADS = text(
    f"""
    WITH heads AS MATERIALIZED (
        SELECT id FROM parked_messages AS message
        WHERE {_IS_OPEN} AND message.subject_id IS NOT NULL AND {_CAUSE_ID} = :cause_id
          AND {_IS_HEAD}
        ORDER BY id FOR UPDATE
    )
    UPDATE parked_messages AS parked SET state = 'waiting', next_attempt_at = clock_timestamp()
    FROM heads WHERE parked.id = heads.id AND parked.state IN ('waiting', 'dead')
    RETURNING parked.id
    """  # noqa: S608 - the same
)
_UNPARSED = text(
    f"""
    SELECT id FROM parked_messages AS message
    WHERE {_IS_OPEN} AND message.subject_id IS NULL AND {_CAUSE_ID} = :cause_id
    ORDER BY id
    """  # noqa: S608 - the same
)


@dataclass(frozen=True)
class ParkedCause:
    """The open messages of one cause; `heads` of them may be tried now, the others wait behind."""

    id: UUID
    reason: str
    type: str | None
    error: str
    messages: int
    heads: int
    waiting: int
    dead: int
    first_seen_at: datetime
    last_seen_at: datetime
    oldest_waiting_at: datetime | None


async def listed(
    tx: Transaction, *, after: tuple[datetime, UUID] | None = None, limit: int
) -> list[ParkedCause]:
    """Read the causes of open messages, the longest known first; one more than `limit`."""
    seen, last = after or (None, None)
    found = await tx.execute(_LISTED, {"seen": seen, "id": last, "limit": limit + 1})
    return [ParkedCause(**row) for row in found.mappings()]


async def require_any(tx: Transaction, cause_id: UUID) -> None:
    """Raise NotFoundError where no open message has this cause."""
    if not (await tx.execute(_ANY, {"cause_id": cause_id})).scalar_one():
        raise NotFoundError(
            f"nothing is set aside for a cause {cause_id}", code="parked-cause-not-found"
        )


async def make_heads_due(tx: Transaction, cause_id: UUID) -> list[UUID]:
    """Let every head of a cause be tried at once; return which.

    A head that stands here was the head when the statement began, and only leaving its queue can
    end that; so no lock of its queue is needed to keep the order.
    """
    return list((await tx.execute(_RETRY_HEADS, {"cause_id": cause_id})).scalars())


async def unparsed(tx: Transaction, cause_id: UUID) -> list[UUID]:
    """Return the messages of a cause that are bytes and no event."""
    return list((await tx.execute(_UNPARSED, {"cause_id": cause_id})).scalars())

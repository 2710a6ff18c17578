"""Groups parked messages by cause: the same reason, type and error, with ids replaced.

A cause has no row of its own. Its id is a hash of its contents, so it is the same in every service
and on every day.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.errors import NotFoundError

_IS_OPEN = "message.state IN ('waiting', 'dead')"
_IS_HEAD = """
    (message.subject_id IS NULL OR NOT EXISTS (
        SELECT FROM parked_messages AS earlier
        WHERE earlier.consumer = message.consumer AND earlier.topic = message.topic
          AND earlier.subject_id = message.subject_id AND earlier.state IN ('waiting', 'dead')
          AND (earlier.epoch, earlier.sequence) < (message.epoch, message.sequence)))
"""
_HEADS = f"""
    SELECT DISTINCT ON (consumer, topic, subject_id) id AS head_id
    FROM parked_messages AS message WHERE {_IS_OPEN} AND subject_id IS NOT NULL
    ORDER BY consumer, topic, subject_id, epoch, sequence
"""  # noqa: S608 - put together of constants of this module
_WITHOUT_IDS = """
    regexp_replace(error,
        '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', '<id>', 'gi')
"""
_CAUSE_ID = "CAST(md5(concat_ws(chr(31), reason, coalesce(type, ''), error)) AS uuid)"
# Errors are grouped as they are before ids are taken out of them: there are far fewer of those.
_GROUPS = f"""
    SELECT {_CAUSE_ID} AS id, reason, type, error,
           sum(messages)::bigint AS messages, sum(heads)::bigint AS heads,
           sum(waiting)::bigint AS waiting, sum(dead)::bigint AS dead,
           min(first_at) AS first_seen_at, max(last_at) AS last_seen_at,
           min(waiting_at) AS oldest_waiting_at
    FROM (
        SELECT reason, type, error AS as_written, {_WITHOUT_IDS} AS error, count(*) AS messages,
               count(*) FILTER (WHERE subject_id IS NULL OR head_id IS NOT NULL) AS heads,
               count(*) FILTER (WHERE state = 'waiting') AS waiting,
               count(*) FILTER (WHERE state = 'dead') AS dead,
               min(parked_at) AS first_at, max(parked_at) AS last_at,
               min(parked_at) FILTER (WHERE state = 'waiting') AS waiting_at
        FROM parked_messages AS message LEFT JOIN ({_HEADS}) AS heads ON head_id = id
        WHERE {_IS_OPEN} GROUP BY reason, type, as_written
    ) AS written
    GROUP BY reason, type, error
"""  # noqa: S608 - the same
_LISTED = text(
    f"""
    SELECT id, reason, type, error, messages, heads, waiting, dead, first_seen_at, last_seen_at,
           oldest_waiting_at
    FROM ({_GROUPS}) AS causes
    WHERE CAST(:seen AS timestamptz) IS NULL
       OR (first_seen_at, id) > (CAST(:seen AS timestamptz), CAST(:id AS uuid))
    ORDER BY first_seen_at, id LIMIT :limit
    """  # noqa: S608 - the same
)
_WRITTEN = text(
    f"""
    SELECT reason, type, array_agg(as_written) AS errors
    FROM (
        SELECT DISTINCT reason, type, error AS as_written, {_WITHOUT_IDS} AS error
        FROM parked_messages AS message WHERE {_IS_OPEN}
    ) AS written
    WHERE {_CAUSE_ID} = :cause_id GROUP BY reason, type
    """  # noqa: S608 - the same
)
_IS_OF_CAUSE = """
    message.reason = :reason AND message.type IS NOT DISTINCT FROM CAST(:type AS text)
    AND message.error = ANY(CAST(:errors AS text[]))
"""
_RETRY_HEADS = text(
    f"""
    WITH heads AS MATERIALIZED (
        SELECT id FROM parked_messages AS message
        WHERE {_IS_OPEN} AND message.subject_id IS NOT NULL AND {_IS_OF_CAUSE} AND {_IS_HEAD}
        ORDER BY id FOR UPDATE
    )
    UPDATE parked_messages AS parked SET state = 'waiting', next_attempt_at = clock_timestamp()
    FROM heads WHERE parked.id = heads.id AND parked.state IN ('waiting', 'dead')
    RETURNING parked.id
    """  # noqa: S608 - the same
)
# A retry locks the head's row until it is done, so no message is discarded while it is retried.
_DISCARD_HEADS = text(
    f"""
    WITH heads AS MATERIALIZED (
        SELECT id FROM parked_messages AS message
        WHERE {_IS_OPEN} AND {_IS_OF_CAUSE} AND {_IS_HEAD} ORDER BY id FOR UPDATE
    )
    UPDATE parked_messages AS parked
    SET state = 'discarded', resolved_at = :at, resolved_by = :by, resolved_why = :why
    FROM heads WHERE parked.id = heads.id AND parked.state IN ('waiting', 'dead')
    RETURNING parked.id
    """  # noqa: S608 - the same
)
_UNREADABLE = text(
    f"""
    SELECT id FROM parked_messages AS message
    WHERE {_IS_OPEN} AND message.subject_id IS NULL AND {_IS_OF_CAUSE} ORDER BY id
    """  # noqa: S608 - the same
)


@dataclass(frozen=True)
class ParkedCause:
    """The open messages of one cause; only its `heads`, first of their subjects, may be tried."""

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
    """Read the causes of open messages, longest known first; up to `limit` plus one."""
    seen, last = after or (None, None)
    found = await tx.execute(_LISTED, {"seen": seen, "id": last, "limit": limit + 1})
    return [ParkedCause(**row) for row in found.mappings()]


@dataclass(frozen=True)
class WrittenCause:
    """A cause as stored in its rows: reason, type, and every error text with its ids."""

    reason: str
    type: str | None
    errors: list[str]


async def written(tx: Transaction, cause_id: UUID) -> WrittenCause:
    """Find a cause by its id; raises NotFoundError if no open message has it."""
    row = (await tx.execute(_WRITTEN, {"cause_id": cause_id})).mappings().one_or_none()
    if row is None:
        raise NotFoundError(
            f"no open parked message has the cause {cause_id}", code="parked-cause-not-found"
        )
    return WrittenCause(**row)


async def make_heads_due(tx: Transaction, cause: WrittenCause) -> list[UUID]:
    """Make every head of a cause due now; return their ids.

    Only leaving its queue ends a message's place as head. So a head found by this statement is
    still one, and no lock of its queue is needed.
    """
    return list((await tx.execute(_RETRY_HEADS, vars(cause))).scalars())


async def discard_heads(tx: Transaction, cause: WrittenCause, why: str) -> list[UUID]:
    """Discard every head of a cause; return their ids. The messages behind them continue."""
    decided = {"at": tx.now, "by": tx.actor.subject, "why": why}
    return list((await tx.execute(_DISCARD_HEADS, vars(cause) | decided)).scalars())


async def unreadable(tx: Transaction, cause: WrittenCause) -> list[UUID]:
    """Return the messages of a cause that could not be read as events."""
    return list((await tx.execute(_UNREADABLE, vars(cause))).scalars())

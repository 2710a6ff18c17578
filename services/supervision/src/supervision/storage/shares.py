"""Queries for shared scores, as announced by scoring: the inbox of the receiving unit."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from supervision.domain.receipts import InboxItem, SharedScore
from supervision.storage.tables import SCORE_RECEIPTS, SHARED_SCORES
from supervision.storage.visibility import sees_share


async def insert_if_new(tx: Transaction, share: SharedScore) -> None:
    """Store a share, unless it is stored already."""
    await tx.execute(insert(SHARED_SCORES).values(**share.__dict__).on_conflict_do_nothing())


async def forget(tx: Transaction, share_id: UUID) -> bool:
    """Delete a share from the inbox. Returns False if it was received or did not exist."""
    received = select(SCORE_RECEIPTS.c.id).where(SCORE_RECEIPTS.c.share_id == share_id)
    statement = delete(SHARED_SCORES).where(SHARED_SCORES.c.id == share_id, ~received.exists())
    return (await tx.execute(statement)).rowcount > 0


async def locked(tx: Transaction, share_id: UUID) -> SharedScore:
    """Lock a share that the actor may see. Raises NotFoundError otherwise."""
    await tx.lock(SHARED_SCORES, share_id)
    seen = select(SHARED_SCORES).where(SHARED_SCORES.c.id == share_id, sees_share(tx))
    if (row := (await tx.execute(seen)).mappings().first()) is None:
        raise NotFoundError(
            f"there is no share {share_id}; if it is new, it arrives here within seconds",
            code="share-not-found",
        )
    return shared_score(row)


async def inbox(
    tx: Transaction,
    *,
    is_received: bool | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[InboxItem]:
    """Read up to `limit` + 1 shares that the actor may see, oldest first."""
    received = SCORE_RECEIPTS.c.share_id == SHARED_SCORES.c.id
    order = tuple_(SHARED_SCORES.c.shared_at, SHARED_SCORES.c.id)
    statement = (
        select(SHARED_SCORES, SCORE_RECEIPTS.c.received_at)
        .select_from(SHARED_SCORES.outerjoin(SCORE_RECEIPTS, received))
        .where(sees_share(tx))
        .order_by(SHARED_SCORES.c.shared_at, SHARED_SCORES.c.id)
        .limit(limit + 1)
    )
    if is_received is not None:
        statement = statement.where(SCORE_RECEIPTS.c.id.is_not(None) == is_received)
    if after is not None:
        statement = statement.where(order > tuple_(*after))
    rows = (await tx.execute(statement)).mappings()
    return [InboxItem(shared_score(row), row["received_at"]) for row in rows]


def shared_score(row: RowMapping) -> SharedScore:
    """Convert a row to a share."""
    return SharedScore(**{name: row[name] for name in SharedScore.__dataclass_fields__})

"""Claims: the right of one sender to work on a row, for a limited time by the database's clock.

A claim moves `next_step_at` of the row ahead and increases its term. If a sender was killed,
another one claims the row at that time. A slow sender finds a newer term and cannot write.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Table, func, select, update

from shared.database.transaction import Transaction
from shared.errors import ConflictError


@dataclass(frozen=True)
class Claim:
    """The right to work on one row until the claim expires."""

    row_id: UUID
    term: int


class ClaimLostError(ConflictError):
    """Another sender has claimed the row since."""


async def take(
    tx: Transaction, table: Table, *, limit: int, length: timedelta
) -> Sequence[RowMapping]:
    """Claim rows whose next step is due, longest waiting first, and return them."""
    waiting = (
        select(table.c.id)
        .where(table.c.next_step_at <= func.statement_timestamp())
        .order_by(table.c.next_step_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = (
        update(table)
        .where(table.c.id == func.any(func.array(waiting.scalar_subquery())))
        .values(next_step_at=after(length), claim_term=table.c.claim_term + 1)
        .returning(table)
    )
    return (await tx.execute(statement)).mappings().all()


def claim_on(row: RowMapping) -> Claim:
    """Return the claim on a claimed row."""
    return Claim(row["id"], row["claim_term"])


async def locked(tx: Transaction, table: Table, claim: Claim) -> RowMapping:
    """Lock the row of a claim. Raises ClaimLostError if another sender has claimed it since."""
    row = await tx.lock(table, claim.row_id)
    if row is None or row["claim_term"] != claim.term:
        raise ClaimLostError("another sender has claimed this row", code="claim-lost")
    return row


def after(wait: timedelta) -> ColumnElement[object]:
    """Return the SQL expression for the time after a delay, by the database's clock."""
    return func.clock_timestamp() + wait

"""Taking rows up for work: by one sender at a time, for a bounded time, by the database's clock.

A claim moves the row's `next_step_at` ahead and counts its term. Whoever was killed is followed by
another when that time has come; whoever was only slow finds the term moved on and is not heard.
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
    """The right to work on one row, until its time is over."""

    row_id: UUID
    term: int


class ClaimLostError(ConflictError):
    """Somebody else has taken the row up since."""


async def take(
    tx: Transaction, table: Table, *, limit: int, length: timedelta
) -> Sequence[RowMapping]:
    """Take up rows whose time has come, the longest waiting first; each as it now stands."""
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
    """The claim that a row taken up stands under."""
    return Claim(row["id"], row["claim_term"])


async def locked(tx: Transaction, table: Table, claim: Claim) -> RowMapping:
    """Lock the row of a claim; ClaimLostError where somebody else has taken it up since."""
    row = await tx.lock(table, claim.row_id)
    if row is None or row["claim_term"] != claim.term:
        raise ClaimLostError("another sender has taken this up", code="claim-lost")
    return row


def after(wait: timedelta) -> ColumnElement[object]:
    """The instant so long from now, by the database's clock."""
    return func.clock_timestamp() + wait

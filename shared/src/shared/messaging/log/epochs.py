"""Epochs of a log: a database that went back begins a new one, and says after which event.

What a consumer applied up to that event still counts; what it applied beyond is no longer part of
the log's history.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from shared.database.transaction import Transaction

_EARLIEST = text(
    """
    SELECT epoch, began_after, tails FROM log_epochs
    WHERE epoch > :epoch ORDER BY began_after, epoch LIMIT 1
    """
)


@dataclass(frozen=True)
class Fork:
    """Where a later epoch left an earlier one; `tails` is the last sequence of each partition."""

    epoch: int
    began_after: int
    tails: Sequence[int]


async def earliest_fork(tx: Transaction, epoch: int) -> Fork:
    """Return the fork that cuts off most of an epoch: of several, the one furthest back."""
    row = (await tx.execute(_EARLIEST, {"epoch": epoch})).mappings().one()
    return Fork(row["epoch"], row["began_after"], row["tails"])

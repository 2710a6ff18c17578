"""Epochs of a log: a restored database starts a new one after a certain event.

What a consumer applied up to that event remains valid; later events are no longer part of the log.
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
    """Where a later epoch branched off; `tails` is the last sequence of each partition."""

    epoch: int
    began_after: int
    tails: Sequence[int]


async def earliest_fork(tx: Transaction, epoch: int) -> Fork:
    """Return the earliest of an epoch's forks, which cuts off most of it."""
    row = (await tx.execute(_EARLIEST, {"epoch": epoch})).mappings().one()
    return Fork(row["epoch"], row["began_after"], row["tails"])

"""Records in which epochs of the event log the notices lost by a restore were pulled."""

from sqlalchemy import text

from shared.database.transaction import Transaction

_NOT_PULLED = text(
    """
    SELECT max(epoch) FROM log_epochs
    WHERE epoch NOT IN (SELECT epoch FROM notice_pulls)
    """
)
_NOTE = text(
    """
    INSERT INTO notice_pulls (epoch, pulled_at)
    SELECT epoch, :now FROM log_epochs WHERE epoch <= :epoch ON CONFLICT DO NOTHING
    """
)


async def epoch_not_pulled(tx: Transaction) -> int | None:
    """Return the newest epoch in which DOJ was not asked yet; None if there is none.

    The first epoch of a log has no row, because no restore precedes it.
    """
    found: int | None = (await tx.execute(_NOT_PULLED)).scalar_one()
    return found


async def note(tx: Transaction, epoch: int) -> None:
    """Record that DOJ was asked in an epoch, which covers all earlier ones."""
    await tx.execute(_NOTE, {"epoch": epoch, "now": tx.now})

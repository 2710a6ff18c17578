"""Queries for shares: one per version of an assessment, with the officer's receipt."""

from uuid import UUID

from sqlalchemy import RowMapping, select, update

from scoring.domain.shares import Receipt, Share
from scoring.storage.tables import SHARES
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

SAME_IN_BOTH = tuple(name for name in Share.__dataclass_fields__ if name != "receipt")


async def insert(tx: Transaction, share: Share) -> None:
    """Insert a share."""
    await tx.insert(SHARES, **{name: getattr(share, name) for name in SAME_IN_BOTH})


async def update_receipt(tx: Transaction, share_id: UUID, receipt: Receipt) -> None:
    """Store the receipt of a locked share."""
    statement = (
        update(SHARES)
        .where(SHARES.c.id == share_id)
        .values(score_receipt_id=receipt.id, received_at=receipt.received_at)
    )
    await tx.execute(statement)


async def forget_receipt(tx: Transaction, receipt_id: UUID) -> UUID | None:
    """Remove a receipt and return the ID of the shared assessment; None without a share."""
    statement = (
        update(SHARES)
        .where(SHARES.c.score_receipt_id == receipt_id)
        .values(score_receipt_id=None, received_at=None)
        .returning(SHARES.c.assessment_id)
    )
    assessment_id: UUID | None = (await tx.execute(statement)).scalar_one_or_none()
    return assessment_id


async def by_id(tx: Transaction, share_id: UUID) -> Share:
    """Read a share without an access check. Raises NotFoundError."""
    statement = select(SHARES).where(SHARES.c.id == share_id)
    return _found((await tx.execute(statement)).mappings().one_or_none(), share_id)


async def locked(tx: Transaction, share_id: UUID) -> Share:
    """Lock a share without an access check. Raises NotFoundError."""
    return _found(await tx.lock(SHARES, share_id), share_id)


async def of_version(tx: Transaction, assessment_id: UUID, version: int) -> Share | None:
    """Read the share of one version of an assessment; None if it was not shared."""
    statement = select(SHARES).where(
        SHARES.c.assessment_id == assessment_id, SHARES.c.assessment_version == version
    )
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else _share(row)


def not_found(share_id: UUID) -> NotFoundError:
    """Return the error for a share that does not exist or is not visible."""
    return NotFoundError(f"there is no share {share_id}", code="share-not-found")


def _found(row: RowMapping | None, share_id: UUID) -> Share:
    if row is None:
        raise not_found(share_id)
    return _share(row)


def _share(row: RowMapping) -> Share:
    receipt = (
        Receipt(row["score_receipt_id"], row["received_at"]) if row["score_receipt_id"] else None
    )
    return Share(**{name: row[name] for name in SAME_IN_BOTH}, receipt=receipt)

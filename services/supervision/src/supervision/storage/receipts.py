"""Queries for score receipts."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from supervision.domain.receipts import ScoreReceipt
from supervision.storage.shares import shared_score
from supervision.storage.tables import SCORE_RECEIPTS, SHARED_SCORES
from supervision.storage.visibility import sees_share

_RECEIPT = [
    SCORE_RECEIPTS.c.id.label("receipt_id"),
    SCORE_RECEIPTS.c.officer_id.label("receiving_officer_id"),
    SCORE_RECEIPTS.c.received_at,
    SCORE_RECEIPTS.c.evidence,
    SCORE_RECEIPTS.c.recorded_at,
]


async def insert(tx: Transaction, receipt: ScoreReceipt) -> None:
    """Insert a receipt."""
    await tx.insert(
        SCORE_RECEIPTS,
        id=receipt.id,
        share_id=receipt.share.id,
        officer_id=receipt.officer_id,
        received_at=receipt.received_at,
        evidence=receipt.evidence,
        recorded_at=receipt.recorded_at,
    )


async def of_share(tx: Transaction, share_id: UUID) -> ScoreReceipt | None:
    """Read the receipt of a share; None until it is received."""
    return await _first(tx, SHARED_SCORES.c.id == share_id)


async def visible(tx: Transaction, receipt_id: UUID) -> ScoreReceipt:
    """Read a receipt that the actor may see. Raises NotFoundError otherwise."""
    receipt = await _first(tx, (SCORE_RECEIPTS.c.id == receipt_id) & sees_share(tx))
    if receipt is None:
        raise NotFoundError(f"there is no receipt {receipt_id}", code="score-receipt-not-found")
    return receipt


async def _first(tx: Transaction, condition: ColumnElement[bool]) -> ScoreReceipt | None:
    joined = SHARED_SCORES.join(SCORE_RECEIPTS, SCORE_RECEIPTS.c.share_id == SHARED_SCORES.c.id)
    statement = select(SHARED_SCORES, *_RECEIPT).select_from(joined).where(condition)
    row = (await tx.execute(statement)).mappings().first()
    if row is None:
        return None
    return ScoreReceipt(
        id=row["receipt_id"],
        share=shared_score(row),
        officer_id=row["receiving_officer_id"],
        received_at=row["received_at"],
        evidence=row["evidence"],
        recorded_at=row["recorded_at"],
    )

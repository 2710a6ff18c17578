"""A user of either side reads the receipt of a shared score."""

from uuid import UUID

from shared.database.transaction import Transaction
from supervision.domain.receipts import ScoreReceipt
from supervision.storage import audit_record, receipts


async def show_score_receipt(tx: Transaction, receipt_id: UUID) -> ScoreReceipt:
    """Read a receipt. The reading is recorded in the audit record."""
    receipt = await receipts.visible(tx, receipt_id)

    audit_record.of_share(tx, "score-receipt.read", receipt.share)
    return receipt

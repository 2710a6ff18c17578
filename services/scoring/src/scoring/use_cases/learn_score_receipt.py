"""The officer received a shared score, which meets the duty to share at the time of receipt."""

from uuid import UUID

from scoring.domain.duty_rules import SHARE_SCORE
from scoring.domain.shares import Receipt
from scoring.storage import shares
from shared.database.transaction import Transaction
from shared.law.duty import ledger


async def learn_score_receipt(tx: Transaction, share_id: UUID, receipt: Receipt) -> None:
    """Store the receipt and meet the duty, in time or late. A second receipt changes nothing."""
    share = await shares.locked(tx, share_id)
    if share.receipt is not None:
        return
    await shares.update_receipt(tx, share_id, receipt)
    await ledger.meet_duty(
        tx,
        SHARE_SCORE,
        share.assessment_id,
        at=receipt.received_at,
        evidence=evidence_of(receipt.id),
    )
    tx.audit("score.received", subject_kind="share", subject_id=share_id, authority=SHARE_SCORE)


def evidence_of(receipt_id: UUID) -> str:
    """Return the text that names a receipt in the history of the duty."""
    return f"score receipt {receipt_id}"

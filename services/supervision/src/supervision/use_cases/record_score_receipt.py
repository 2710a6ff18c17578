"""An officer acknowledges a shared score: the fact that starts the clock toward DOJ.

Penal Code 290.09(b)(2); the Board's standards page counts five working days from receipt.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.database.transaction import Transaction
from shared.identifiers import new_id
from supervision import published
from supervision.domain.receipts import ScoreReceipt, receipt_time
from supervision.storage import audit_record, officers, receipts, shares, timeline


@dataclass(frozen=True)
class RecordScoreReceipt:
    """The received share, the time of receipt (None means now), and the agency's reference."""

    share_id: UUID
    received_at: datetime | None
    evidence: str | None


async def record_score_receipt(tx: Transaction, command: RecordScoreReceipt) -> ScoreReceipt:
    """Record the receipt of a share, once, at a time between the sharing and now."""
    officer = await officers.acting(tx)
    share = await shares.locked(tx, command.share_id)
    earlier = await receipts.of_share(tx, share.id)
    receipt = ScoreReceipt(
        id=new_id(),
        share=share,
        officer_id=officer.id,
        received_at=receipt_time(share, stated_at=command.received_at, earlier=earlier, now=tx.now),
        evidence=command.evidence,
        recorded_at=tx.now,
    )

    await receipts.insert(tx, receipt)
    await timeline.announce(tx, published.score_receipt_recorded(receipt), share.case_id)
    audit_record.of_share(tx, "score.received", share)
    return receipt

"""What came of an event that is in no log is undone, as far as nobody has gone on from it.

An operator's rebuild, after the database of another service went back. An assessment that was made
meanwhile stays, by what was known when it was made; of a case that there never was, it is told.
"""

from uuid import UUID

from scoring.domain.duty_rules import SHARE_SCORE
from scoring.storage import cases, shares
from scoring.use_cases.learn_score_receipt import evidence_of
from shared.database.transaction import Transaction
from shared.law.duty.lost_evidence import reopen_if_met_by


async def forget_case(tx: Transaction, case_id: UUID) -> str | None:
    """Forget a case, unless somebody has scored in it."""
    if await cases.forget(tx, case_id):
        return None
    return f"case {case_id} has assessments here; it stays, with them"


async def forget_score_receipt(tx: Transaction, receipt_id: UUID) -> None:
    """Forget a receipt; the duty that it met is open again, with its due date."""
    assessment_id = await shares.forget_receipt(tx, receipt_id)
    if assessment_id is not None:
        await reopen_if_met_by(tx, SHARE_SCORE, assessment_id, evidence_of(receipt_id))

"""Undoes the effects of lost events, unless later work depends on them.

An operator's rebuild calls this after the database of another service was restored to an earlier
state. Assessments stay as they were made; if their case was lost, the result tells the operator.
"""

from uuid import UUID

from scoring.domain.duty_rules import SHARE_SCORE
from scoring.storage import cases, shares
from scoring.use_cases.learn_score_receipt import evidence_of
from shared.database.transaction import Transaction
from shared.law.duty.lost_evidence import reopen_if_met_by


async def forget_case(tx: Transaction, case_id: UUID) -> str | None:
    """Delete a case, unless it has assessments; then return a message for the operator."""
    if await cases.forget(tx, case_id):
        return None
    return f"case {case_id} stays, because it has assessments here"


async def forget_score_receipt(tx: Transaction, receipt_id: UUID) -> None:
    """Delete a receipt and reopen the duty that it met, with the same due date."""
    assessment_id = await shares.forget_receipt(tx, receipt_id)
    if assessment_id is not None:
        await reopen_if_met_by(tx, SHARE_SCORE, assessment_id, evidence_of(receipt_id))

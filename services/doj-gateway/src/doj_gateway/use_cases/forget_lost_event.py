"""Undoes the effects of lost events, unless they reached DOJ.

An operator's rebuild calls this after the database of another service was restored to an earlier
state. Duties that a lost event opened are canceled. Submissions and expectations stay and are
reported to the operator, because only a person can tell DOJ that a score is no longer on record.
"""

from uuid import UUID

from doj_gateway.domain.duty_rules import LS_CMI_SEEN
from doj_gateway.domain.obligations import REPORTING
from doj_gateway.domain.submissions import Submission
from doj_gateway.storage import assessments, expectations, submissions
from shared.database.transaction import Transaction
from shared.law.duty.lost_evidence import cancel_if_opened_by


async def forget_assessment(
    tx: Transaction, assessment_id: UUID, version: int, instrument: str
) -> str | None:
    """Delete an assessment and cancel its duties. Returns a message about what stays, or None."""
    await assessments.forget(tx, assessment_id)
    reporting = REPORTING.get(instrument)
    if reporting is None:
        return None
    evidence = str(assessment_id)
    await cancel_if_opened_by(tx, reporting.rule, assessment_id, evidence)
    expectation = await expectations.of_assessment(tx, assessment_id, version)
    if expectation is not None:
        await cancel_if_opened_by(tx, LS_CMI_SEEN, expectation.id, evidence)
        return (
            f"expectation {expectation.id} of this assessment stays, in state {expectation.state}"
        )
    return _stays(await submissions.of_assessment(tx, assessment_id, version))


async def forget_score_receipt(
    tx: Transaction, receipt_id: UUID, assessment_id: UUID, instrument: str
) -> str | None:
    """Cancel the duty that a receipt opened. Returns a message about what stays, or None."""
    if (reporting := REPORTING.get(instrument)) is None:
        return None
    await cancel_if_opened_by(tx, reporting.rule, assessment_id, str(receipt_id))
    return _stays(await submissions.of_receipt(tx, receipt_id))


def _stays(submission: Submission | None) -> str | None:
    if submission is None:
        return None
    return f"submission {submission.id} of this assessment stays, in state {submission.state}"

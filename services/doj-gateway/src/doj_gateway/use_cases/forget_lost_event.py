"""What came of an event that is in no log is undone, as far as it has not reached DOJ.

An operator's rebuild, after the database of another service went back. A duty that such an event
started ends; what was put in line for DOJ, sent there or expected there stays and is told: only a
person can say to DOJ that a score it has been given is not on record any more.
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
    """Forget an assessment, and that it is owed to DOJ or expected there."""
    await assessments.forget(tx, assessment_id)
    reporting = REPORTING.get(instrument)
    if reporting is None:
        return None
    evidence = str(assessment_id)
    await cancel_if_opened_by(tx, reporting.rule, assessment_id, evidence)
    expectation = await expectations.of_assessment(tx, assessment_id, version)
    if expectation is not None:
        await cancel_if_opened_by(tx, LS_CMI_SEEN, expectation.id, evidence)
        return f"expectation {expectation.id} of it is {expectation.state}; it stays"
    return _stays(await submissions.of_assessment(tx, assessment_id, version))


async def forget_score_receipt(
    tx: Transaction, receipt_id: UUID, assessment_id: UUID, instrument: str
) -> str | None:
    """Forget a receipt, and that it made the score owed to DOJ."""
    if (reporting := REPORTING.get(instrument)) is None:
        return None
    await cancel_if_opened_by(tx, reporting.rule, assessment_id, str(receipt_id))
    return _stays(await submissions.of_receipt(tx, receipt_id))


def _stays(submission: Submission | None) -> str | None:
    if submission is None:
        return None
    return f"submission {submission.id} of it is {submission.state}; it stays"

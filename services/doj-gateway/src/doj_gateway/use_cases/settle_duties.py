"""Updates the duties of a submission when it moves, at DOJ's own times.

DOJ's acceptance meets the duty to send, whoever owes it, and opens DOJ's duty to acknowledge. A
rejection after acceptance, acknowledged or not, reopens the duty to send with the same due date; a
rejection before acceptance leaves it open.
"""

import contextlib
from uuid import UUID

from doj_gateway.domain.duty_rules import DOJ_ACKNOWLEDGMENT
from doj_gateway.domain.obligations import REPORTING
from doj_gateway.domain.submissions import Submission, SubmissionState
from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.law.counting.facts import Fact, Moment
from shared.law.duty import ledger
from shared.law.duty.duties import Owner, Subject
from shared.law.in_force import Law

TAKEN = frozenset({SubmissionState.SENT, SubmissionState.ACKNOWLEDGED})


async def settle_duties(
    tx: Transaction, law: Law, before: Submission, submission: Submission
) -> None:
    """Meet, open or reopen the duties that follow from the move of a submission."""
    send = REPORTING[submission.instrument].rule
    accepted_at, acknowledged_at = submission.accepted_at, submission.acknowledged_at
    if submission.state is SubmissionState.SENT and accepted_at is not None:
        await meet_if_owed(
            tx, send, submission.assessment_id, accepted_at, submission.receipt_number
        )
        await _owe_acknowledgment(tx, law, submission, accepted_at)
    elif submission.state is SubmissionState.ACKNOWLEDGED and acknowledged_at is not None:
        await meet_if_owed(
            tx, DOJ_ACKNOWLEDGMENT, submission.id, acknowledged_at, submission.receipt_number
        )
    elif submission.state is SubmissionState.REJECTED and before.state in TAKEN:
        await _take_back(tx, send, submission)


async def meet_if_owed(
    tx: Transaction, rule: str, subject_id: UUID, at: Moment, evidence: str | None
) -> None:
    """Meet a duty, if it is still owed."""
    with contextlib.suppress(NotFoundError):
        await ledger.meet_duty(tx, rule, subject_id, at=at, evidence=evidence)


async def _take_back(tx: Transaction, send: str, submission: Submission) -> None:
    """Reopen the duty to send and cancel DOJ's duty to acknowledge, if they exist."""
    reason = submission.reason_code or SubmissionState.REJECTED
    with contextlib.suppress(NotFoundError):
        await ledger.reopen_duty(tx, send, submission.assessment_id, reason=reason)
    with contextlib.suppress(NotFoundError):
        await ledger.cancel_duty(tx, DOJ_ACKNOWLEDGMENT, submission.id, reason=reason)


async def _owe_acknowledgment(
    tx: Transaction, law: Law, submission: Submission, accepted_at: Moment
) -> None:
    await ledger.open_duty_if_owed(
        tx,
        law,
        rule=DOJ_ACKNOWLEDGMENT,
        facts=[Fact("acceptance", accepted_at, submission.receipt_number)],
        subject=Subject("submission", submission.id),
        owner=Owner(agency=submission.agency),
        concerns=submission.case_id,
    )

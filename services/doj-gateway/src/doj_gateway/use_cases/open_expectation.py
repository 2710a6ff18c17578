"""Opens an expectation for a score that reaches DOJ directly, and retries earlier notices.

The Board's standards page: the provider scores LS/CMI online with the SARATSO password.
"""

from doj_gateway import published
from doj_gateway.domain.duty_rules import LS_CMI_SEEN
from doj_gateway.domain.notices import Expectation, ExpectationState
from doj_gateway.domain.owed_scores import assessed
from doj_gateway.domain.scores import Assessment
from doj_gateway.storage import expectations, notices
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.duty import ledger
from shared.law.duty.duties import Owner, Subject
from shared.law.in_force import Law


async def open_expectation(tx: Transaction, law: Law, assessment: Assessment) -> None:
    """Open it once, with the operators' duty to check that DOJ sees it."""
    await tx.lock_subject(assessment.id)
    if await expectations.is_kept(tx, assessment.id, assessment.version):
        return

    expectation = Expectation(
        id=new_id(),
        assessment_id=assessment.id,
        version=assessment.version,
        case_id=assessment.case_id,
        instrument=assessment.instrument,
        assessed_on=assessment.assessed_on,
        agency=assessment.agency,
        provider_id=assessment.scorer_id,
        program_id=assessment.program_id,
        state=ExpectationState.OPEN,
        opened_at=tx.now,
    )
    await expectations.insert(tx, expectation)
    await ledger.open_duty_if_owed(
        tx,
        law,
        rule=LS_CMI_SEEN,
        facts=[assessed(assessment)],
        subject=Subject("expectation", expectation.id),
        owner=Owner(agency=assessment.agency),
        concerns=assessment.case_id,
    )
    await notices.wake(tx, assessment.instrument, assessment.assessed_on)
    tx.publish(published.expectation_opened(expectation))
    tx.audit("expectation.opened", subject_kind="expectation", subject_id=expectation.id)

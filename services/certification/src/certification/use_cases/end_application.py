"""Ends an application without a decision: withdrawn by its applicant, or abandoned.

The Board may close an application as abandoned only after a notice was not answered in time.
"""

from uuid import UUID

from certification import published
from certification.domain.application_moves import Move
from certification.domain.applications import Application, moved
from certification.domain.deficiencies import refuse_abandonment
from certification.domain.duty_rules import ANSWER_DEFICIENCY, DECIDE_APPLICATION
from certification.storage import applications, assignments, deficiencies
from certification.use_cases.act_on_file import file_to_act_on
from certification.use_cases.file_renewal import reopen_renewal
from certification.use_cases.owe_screening import cancel_screening
from shared.database.transaction import Transaction
from shared.law.duty import ledger
from shared.versions import Seen, check_version


async def withdraw_application(
    tx: Transaction, application_id: UUID, *, applicant_id: UUID, seen_version: Seen | None
) -> Application:
    """Withdraw an applicant's own application; ConflictError once it is decided."""
    before = await applications.locked(tx, application_id, applicant_id=applicant_id)
    check_version(seen_version, before.version)
    application = moved(before, Move.WITHDRAW)

    await _end(tx, before, application, Move.WITHDRAW)
    if before.received_on is not None:
        tx.publish(published.application_withdrawn(application, tx.today))
    tx.audit("application.withdrawn", subject_kind="application", subject_id=application.id)
    return application


async def abandon_application(
    tx: Transaction, application_id: UUID, *, seen_version: Seen | None
) -> Application:
    """Close an application with an unanswered notice; ConflictError before its due date."""
    before = await file_to_act_on(tx, application_id, seen_version)
    application = moved(before, Move.ABANDON)
    refuse_abandonment(await deficiencies.of_application(tx, before.id), tx.today)

    await _end(tx, before, application, Move.ABANDON)
    tx.publish(published.application_abandoned(application, tx.today))
    tx.audit("application.abandoned", subject_kind="application", subject_id=application.id)
    return application


async def _end(tx: Transaction, before: Application, after: Application, move: Move) -> None:
    """Store the end, and cancel the open duties."""
    await applications.update(tx, before, after, move)
    await assignments.end(tx, after.id)
    reason = f"application {after.state}"
    await cancel_screening(tx, after, reason=reason)
    await reopen_renewal(tx, after, f"renewal {after.state}")
    if before.has_clock:
        await ledger.cancel_duty(tx, DECIDE_APPLICATION, after.id, reason=reason)
    for notice in await deficiencies.of_application(tx, after.id):
        if not notice.is_cured:
            await ledger.cancel_duty(tx, ANSWER_DEFICIENCY, notice.id, reason=reason)

"""An applicant appeals a denial within the appeal window; a manager of the Board decides it.

After a reversal the application returns to its place in the queue.
"""

from dataclasses import dataclass
from uuid import UUID

from certification.domain.appeals import OPEN_DAYS, Appeal, AppealOutcome, decided, refuse_appeal
from certification.domain.application_moves import Move
from certification.domain.applications import reopened
from certification.domain.duty_rules import DECIDE_APPLICATION
from certification.storage import appeals, applications, decisions
from certification.use_cases.act_on_file import file_to_act_on
from certification.use_cases.file_renewal import meet_renewal
from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.identifiers import new_id
from shared.law.duty import ledger
from shared.law.in_force import Law


@dataclass(frozen=True)
class AppealDenial:
    """The applicant's denied application, and the grounds for the appeal."""

    application_id: UUID
    applicant_id: UUID
    grounds: str


@dataclass(frozen=True)
class DecideAppeal:
    """The appeal to decide, its outcome and the reasons."""

    application_id: UUID
    appeal_id: UUID
    outcome: AppealOutcome
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class KeptAppeal:
    """The appeal, and the new version of the application."""

    appeal: Appeal
    application_version: int


async def appeal_denial(tx: Transaction, law: Law, command: AppealDenial) -> KeptAppeal:
    """File an appeal; ConflictError without a denial, after the window, or if filed before."""
    application = await applications.locked(
        tx, command.application_id, applicant_id=command.applicant_id
    )
    decision = await decisions.of_application(tx, application.id)
    refuse_appeal(decision, law.edition.setting(OPEN_DAYS).whole, tx.today)
    before = await appeals.of_application(tx, application.id)
    if decision is None or (before and before.decision_id == decision.id):
        raise ConflictError("this denial has already been appealed", code="appealed-before")
    appeal = Appeal(new_id(), application.id, decision.id, tx.today, command.grounds)

    await appeals.insert(tx, appeal)
    tx.audit("appeal.filed", subject_kind="application", subject_id=application.id)
    return KeptAppeal(appeal, application.version)


async def decide_appeal(tx: Transaction, law: Law, command: DecideAppeal) -> KeptAppeal:
    """Uphold the denial, or reverse it; then the application must be decided again."""
    before = await file_to_act_on(tx, command.application_id, None)
    found = await appeals.locked(tx, before.id, command.appeal_id)
    appeal = decided(found, command.outcome, command.reasons, at=tx.now, by=tx.actor.subject)

    application = before
    await appeals.update_outcome(tx, appeal)
    if appeal.outcome is AppealOutcome.REVERSED:
        application = reopened(before)
        await applications.update(tx, before, application, Move.REOPEN)
        await meet_renewal(tx, law, application, application.completed_at or tx.now)
        await decisions.supersede(tx, appeal.decision_id)
        await ledger.reopen_duty(
            tx,
            DECIDE_APPLICATION,
            application.id,
            reason="denial reversed",
            evidence=f"appeal {appeal.id}",
        )
    tx.audit(f"appeal.{appeal.outcome}", subject_kind="application", subject_id=before.id)
    return KeptAppeal(appeal, application.version)

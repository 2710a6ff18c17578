"""An applicant appeals a denial while its window is open; the Board's manager decides the appeal.

A reversed denial stands no longer: the file is in line again, at the place of its complete date.
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
    """Which denied application of the applicant's own, and on what grounds."""

    application_id: UUID
    applicant_id: UUID
    grounds: str


@dataclass(frozen=True)
class DecideAppeal:
    """Which appeal, its outcome and why."""

    application_id: UUID
    appeal_id: UUID
    outcome: AppealOutcome
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class KeptAppeal:
    """The appeal, and the version that the application has since."""

    appeal: Appeal
    application_version: int


async def appeal_denial(tx: Transaction, law: Law, command: AppealDenial) -> KeptAppeal:
    """File it; ConflictError without a denial, after the window, or for a second appeal."""
    application = await applications.locked(
        tx, command.application_id, applicant_id=command.applicant_id
    )
    decision = await decisions.of_application(tx, application.id)
    refuse_appeal(decision, law.edition.setting(OPEN_DAYS).whole, tx.today)
    before = await appeals.of_application(tx, application.id)
    if decision is None or (before and before.decision_id == decision.id):
        raise ConflictError("this denial has been appealed before", code="appealed-before")
    appeal = Appeal(new_id(), application.id, decision.id, tx.today, command.grounds)

    await appeals.insert(tx, appeal)
    tx.audit("appeal.filed", subject_kind="application", subject_id=application.id)
    return KeptAppeal(appeal, application.version)


async def decide_appeal(tx: Transaction, law: Law, command: DecideAppeal) -> KeptAppeal:
    """Uphold the denial, or reverse it: then it is owed a decision once more."""
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

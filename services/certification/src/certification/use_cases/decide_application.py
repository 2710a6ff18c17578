"""The Board decides a complete application; a grant certifies (Penal Code 9003, 290.09)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification import published
from certification.domain.applications import Application
from certification.domain.certifications import Certification, certification_number, granted
from certification.domain.decisions import Decision, Verdict, decide
from certification.domain.directory import Program
from certification.domain.standards import Standards
from certification.domain.terms import Term
from certification.storage import applications, certifications, decisions, programs
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.duty import ledger
from shared.versions import check_version

AUTHORITY = "Penal Code 9003, 290.09"


@dataclass(frozen=True)
class DecideApplication:
    """A reviewer's verdict on the version of the application that the reviewer has seen."""

    application_id: UUID
    seen_version: int
    verdict: Verdict


@dataclass(frozen=True)
class Decided:
    """The decision, and the certification that came of it if one did."""

    decision: Decision
    certification: Certification | None


async def decide_application(
    tx: Transaction, standards: Standards, command: DecideApplication
) -> Decided:
    """Decide it once: who comes second has seen a version that no longer stands."""
    before = await applications.locked(tx, command.application_id)
    check_version(command.seen_version, before.version)
    application = decide(before, command.verdict, tx.now)
    effective_from = command.verdict.effective_on or tx.today
    term = standards.term(application.kind, application.level, effective_from)
    decision = await _decision(tx, before, command.verdict, term)

    await applications.keep_change(tx, application)
    await decisions.keep(tx, decision)
    tx.publish(published.application_decided(application, decision))
    await ledger.meet_duty(
        tx, "decide-application", application.id, at=tx.now, evidence=f"decision {decision.id}"
    )
    tx.audit(
        "application.decided",
        subject_kind="application",
        subject_id=application.id,
        authority=AUTHORITY,
    )
    if not command.verdict.is_grant:
        return Decided(decision, None)
    return Decided(decision, await _grant(tx, application, decision, effective_from, term))


async def _decision(
    tx: Transaction, application: Application, verdict: Verdict, term: Term
) -> Decision:
    documents = await applications.documents(tx, application.id)
    return Decision(
        id=new_id(),
        application_id=application.id,
        outcome=verdict.outcome,
        reasons=verdict.reasons,
        conditions=verdict.conditions,
        decided_on=tx.today,
        decided_at=tx.now,
        decided_by=tx.actor.subject,
        inputs={
            "application_version": application.version,
            "checklist": application.checklist,
            "documents": {item: on.isoformat() for item, on in documents.items()},
            "term_months": term.months,
            "term_source": term.source,
        },
    )


async def _grant(
    tx: Transaction,
    application: Application,
    decision: Decision,
    effective_from: date,
    term: Term,
) -> Certification:
    counted = await certifications.next_number(tx, application.kind)
    certification = granted(
        new_id(),
        application,
        decision,
        number=certification_number(application.kind, counted),
        effective_from=effective_from,
        term=term,
    )
    if application.place is not None:
        program = Program(application.holder_id, application.name, application.place)
        await programs.keep(tx, program)
    await certifications.keep(tx, certification)
    tx.publish(published.certification_granted(certification))
    tx.audit(
        "certification.granted",
        subject_kind="certification",
        subject_id=certification.id,
        authority=AUTHORITY,
    )
    return certification

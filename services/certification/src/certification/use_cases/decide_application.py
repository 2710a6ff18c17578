"""The Board decides a complete application; a grant certifies (Penal Code 9003, 290.09)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification import published
from certification.domain.application_moves import BEING_CHECKED, ApplicationState, Move
from certification.domain.applications import Application, Level
from certification.domain.certifications import Certification
from certification.domain.checklists import Checklist
from certification.domain.completeness import refuse_incomplete, refuse_unmet
from certification.domain.day_bounds import day_bounds
from certification.domain.decisions import Decision, Verdict, decide
from certification.domain.duty_rules import DECIDE_APPLICATION
from certification.domain.reviewing import refuse_anothers
from certification.domain.standards import Standards
from certification.domain.succession import first_day
from certification.domain.terms import Term
from certification.storage import applications, assignments, decisions, documents
from certification.use_cases.bar_interested import barred_reviewers, refuse_barred
from certification.use_cases.file_renewal import reopen_renewal
from certification.use_cases.follow_certification import locked_followed, refuse_unless_grantable
from certification.use_cases.grant_certification import Grant, grant_certification
from shared.database.transaction import Transaction
from shared.errors import ConflictError, StaleVersionError
from shared.identifiers import new_id
from shared.law.duty import ledger
from shared.law.in_force import Law
from shared.versions import Seen, check_version

AUTHORITY = "Penal Code 9003, 290.09"


@dataclass(frozen=True)
class DecideApplication:
    """The decision, and the version of the application that the reviewer has seen."""

    application_id: UUID
    seen_version: Seen
    verdict: Verdict


@dataclass(frozen=True)
class Decided:
    """The decision, and the certification it granted, if any."""

    decision: Decision
    certification: Certification | None
    application_version: int


async def decide_application(
    tx: Transaction, law: Law, standards: Standards, command: DecideApplication
) -> Decided:
    """Decide an application once; a second reviewer is refused as having an old version."""
    before = await applications.locked(tx, command.application_id)
    await _refuse_second(tx, before, command.seen_version)
    check_version(command.seen_version, before.version)
    interests = await refuse_barred(tx, before)
    refuse_anothers(before, tx.actor.person_id)
    present = await documents.present(tx, before.id)
    if before.state in BEING_CHECKED:
        refuse_incomplete(standards.checklists[before.checklist], present)
    application = decide(before, command.verdict, tx.now)
    followed = await locked_followed(tx, before)
    bounds = day_bounds(law.edition.settings, tx.today)
    effective_from = first_day(bounds, before.purpose, followed, command.verdict.effective_on)
    level = command.verdict.level or application.level
    term = standards.term(application.kind, level, effective_from)
    if command.verdict.is_grant:
        refuse_unmet(_checklist(standards, before, level), present)
        if followed is not None:
            await refuse_unless_grantable(tx, followed, before.purpose, level, effective_from)
    barred = await barred_reviewers(tx, interests)
    decision = _decision(tx, before, command.verdict, level, term, present, barred)

    await _record(tx, before, application, decision)
    if not command.verdict.is_grant:
        await reopen_renewal(tx, application, "renewal denied")
        return Decided(decision, None, application.version)
    grant = Grant(application, decision, effective_from, term, followed)
    return Decided(decision, await grant_certification(tx, law, grant), application.version)


async def _refuse_second(tx: Transaction, application: Application, seen: Seen) -> None:
    """Tell the second reviewer who decided first, and when."""
    decision = await decisions.of_application(tx, application.id)
    if application.state is not ApplicationState.DECIDED or decision is None:
        return
    at = decision.decided_at.isoformat()
    first = f"reviewer {decision.decided_by} decided it at {at}"
    members = {"decided_by": decision.decided_by, "decided_at": at}
    if application.version not in seen:
        raise StaleVersionError(
            f"the application is now at version {application.version}, which you have not seen; "
            f"{first}",
            code="stale-etag",
            members=members,
        )
    raise ConflictError(first, code="wrong-state", members=members)


async def _record(
    tx: Transaction, before: Application, application: Application, decision: Decision
) -> None:
    """Store and announce the decision, which meets the duty to decide."""
    await applications.update(tx, before, application, Move.DECIDE)
    await decisions.insert(tx, decision)
    await assignments.end(tx, application.id)
    tx.publish(published.application_decided(application, decision))
    await ledger.meet_duty(
        tx, DECIDE_APPLICATION, application.id, at=tx.now, evidence=f"decision {decision.id}"
    )
    tx.audit(
        "application.decided",
        subject_kind="application",
        subject_id=application.id,
        authority=AUTHORITY,
    )


def _checklist(standards: Standards, application: Application, level: Level | None) -> Checklist:
    """Return its checklist, or that of a lower level that was open when it was received."""
    own = standards.checklists[application.checklist]
    if level is application.level or application.received_on is None:
        return own
    standards.refuse_level(level, application.received_on)
    return standards.checklist(application.kind, level, application.received_on)


def _decision(
    tx: Transaction,
    application: Application,
    verdict: Verdict,
    level: Level | None,
    term: Term,
    present: Mapping[str, date],
    barred: Sequence[Mapping[str, object]],
) -> Decision:
    return Decision(
        id=new_id(),
        application_id=application.id,
        outcome=verdict.outcome,
        reasons=verdict.reasons,
        conditions=verdict.conditions,
        public_conditions=verdict.public_conditions,
        decided_on=tx.today,
        decided_at=tx.now,
        decided_by=tx.actor.subject,
        inputs={
            "application_version": application.version,
            "checklist": application.checklist,
            "documents": {item: on.isoformat() for item, on in present.items()},
            "term_months": term.months,
            "term_source": term.source,
            "barred": list(barred),
        },
        level=level,
    )

"""Grants a certification; the one it follows ends on its first day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from certification import published
from certification.domain.applications import Application, Kind, Purpose
from certification.domain.certification_changes import (
    CertificationChange,
    Change,
    grant_of,
    refuse_change,
)
from certification.domain.certifications import Certification, certification_number, granted
from certification.domain.decisions import Decision
from certification.domain.directory import Program
from certification.domain.duty_rules import RENEW_CERTIFICATION
from certification.domain.succession import ENDS_BY
from certification.domain.terms import Term
from certification.storage import (
    certification_numbers,
    certifications,
    programs,
    providers,
    standings,
)
from certification.storage.providers import Provider
from certification.use_cases.flag_supervisees import unflag_supervisees
from certification.use_cases.name_holder import amend_granted_name
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.counting.facts import Fact
from shared.law.duty import duty_queries, ledger
from shared.law.duty.duties import UNMET, Owner, Subject
from shared.law.duty.duty_batches import NewDuty
from shared.law.in_force import Law
from shared.security.principals import Role

AUTHORITY = "Penal Code 9003, 290.09"


@dataclass(frozen=True)
class Grant:
    """What is granted, from which day; `followed` is the locked certification before it."""

    application: Application
    decision: Decision
    effective_from: date
    term: Term
    followed: Certification | None


async def grant_certification(tx: Transaction, law: Law, grant: Grant) -> Certification:
    """Certify the holder; a renewal or upgrade keeps the number and ends the one before."""
    application = grant.application
    number = await certifications.number_of(tx, application.holder_id)
    if number is None:
        counted = await certification_numbers.draw_one(tx, application.kind)
        number = certification_number(application.kind, counted)
    certification = granted(
        new_id(),
        application,
        grant.decision,
        number=number,
        effective_from=grant.effective_from,
        term=grant.term,
    )

    await amend_granted_name(tx, application)
    await _upsert_holder(tx, application)
    first = grant_of(certification, at=tx.now, by=tx.actor.subject)
    await certifications.insert(tx, certification, first)
    if grant.followed is not None:
        await _end_followed(tx, application, grant.followed, grant.effective_from)
    tx.publish(published.certification_granted(certification))
    await open_renewal_duty(tx, law, certification)
    if certification.kind is Kind.PROVIDER and certification.effective_from <= tx.today:
        await unflag_supervisees(tx, certification, resolution=Change.GRANTED)
    tx.audit(
        "certification.granted",
        subject_kind="certification",
        subject_id=certification.id,
        authority=AUTHORITY,
    )
    return certification


async def open_renewal_duty(tx: Transaction, law: Law, certification: Certification) -> None:
    """Open the holder's duty to renew by the end of the term, with reminders."""
    owed = renewal_duty(certification)
    await ledger.open_duty_if_owed(
        tx, law, rule=RENEW_CERTIFICATION, facts=owed.facts, subject=owed.subject, owner=owed.owner
    )


def renewal_duty(certification: Certification) -> NewDuty:
    """Return the duty to renew a certification by the last day of its term."""
    is_provider = certification.kind is Kind.PROVIDER
    owner = (
        Owner(role=Role.PROVIDER, person=certification.holder_id)
        if is_provider
        else Owner(role=Role.PROGRAM_REPRESENTATIVE, agency=str(certification.holder_id))
    )
    last_day = certification.effective_until - timedelta(days=1)
    return NewDuty(
        facts=(Fact("expiry", last_day, f"certification {certification.id}"),),
        subject=Subject("certification", certification.id),
        owner=owner,
    )


async def cancel_renewal_duty(tx: Transaction, certification: Certification, reason: str) -> bool:
    """Cancel the renewal duty of an ended certification; return whether it was owed."""
    duty = await duty_queries.of_subject(tx, RENEW_CERTIFICATION, certification.id)
    if duty is None or duty.state not in UNMET:
        return False
    await ledger.cancel_duty(tx, RENEW_CERTIFICATION, certification.id, reason=reason)
    return True


async def _upsert_holder(tx: Transaction, application: Application) -> None:
    if application.place is None:
        provider = Provider(application.holder_id, application.name, application.applicant_id)
        await providers.upsert(tx, provider)
        return
    program = Program(
        application.holder_id, application.name, application.place, application.applicant_id
    )
    await programs.upsert(tx, program)


async def _end_followed(
    tx: Transaction, application: Application, before: Certification, on: date
) -> None:
    """Meet the renewal duty, and replace the certification before it if still valid."""
    if application.purpose is Purpose.RENEWAL:
        await _meet_renewal_duty(tx, before, application)
    else:
        await cancel_renewal_duty(tx, before, "upgraded")
    if on >= before.effective_until:
        return
    change = ENDS_BY[application.purpose]
    refuse_change(change, await standings.of_certification(tx, before.id), on, tx.today)
    await replace_followed(tx, before, change, on)


async def replace_followed(
    tx: Transaction, before: Certification, change: Change, on: date
) -> CertificationChange:
    """End a locked certification on the first day of its renewal or upgrade."""
    after = replace(before, version=before.version + 1)
    granted_before = grant_of(after, at=tx.now, by=tx.actor.subject)
    kept = replace(granted_before, change=change, effective_on=on)
    await certifications.update(tx, after, kept)
    tx.publish(published.certification_ended(after, change, on))
    return kept


async def _meet_renewal_duty(
    tx: Transaction, certification: Certification, application: Application
) -> None:
    duty = await duty_queries.of_subject(tx, RENEW_CERTIFICATION, certification.id)
    if duty is not None and duty.state in UNMET:
        evidence = f"application {application.id}"
        at = application.completed_at or tx.now
        await ledger.meet_duty(tx, RENEW_CERTIFICATION, certification.id, at=at, evidence=evidence)

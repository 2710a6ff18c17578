"""Extends a certification past its term while the Board decides a renewal filed in time.

The edition sets the number of days. By default it is 0, because no law found provides for it. The
extension is recorded when the renewal is complete, so that no process must run at midnight.
"""

from dataclasses import replace
from datetime import date, timedelta

from certification import published
from certification.domain.certification_changes import CertificationChange, Change
from certification.domain.certifications import Certification
from certification.storage import certifications
from certification.use_cases.grant_certification import AUTHORITY
from shared.database.transaction import Transaction
from shared.law.in_force import Law

LATE_DECISION = "late-decision-days"
"""The edition setting with the number of days."""


async def continue_certification(tx: Transaction, law: Law, before: Certification) -> None:
    """Extend a locked certification if the edition allows it and its term is not over."""
    days = law.edition.setting(LATE_DECISION).whole
    if days and not before.continued_days and tx.today < before.effective_until:
        until = before.effective_until + timedelta(days=days)
        await _move_end(tx, before, until, "renewal filed in time")


async def end_continuation(tx: Transaction, before: Certification, reason: str) -> None:
    """End the extension: at the end of the term or, if that is past, today."""
    until = max(before.term_until, tx.today)
    if until < before.effective_until:
        await _move_end(tx, before, until, reason)


async def _move_end(tx: Transaction, before: Certification, until: date, reason: str) -> None:
    after = replace(
        before,
        effective_until=until,
        continued_days=(until - before.term_until).days,
        version=before.version + 1,
    )
    change = CertificationChange(
        certification_id=after.id,
        number=after.version,
        change=Change.CONTINUED,
        effective_on=tx.today,
        effective_from=after.effective_from,
        effective_until=until,
        reasons=(reason,),
        recorded_at=tx.now,
        recorded_by=tx.actor.subject,
    )
    await certifications.update(tx, after, change)
    tx.publish(published.certification_corrected(after))
    tx.audit(
        "certification.continued",
        subject_kind="certification",
        subject_id=after.id,
        authority=AUTHORITY,
    )

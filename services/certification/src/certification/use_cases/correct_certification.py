"""Corrects wrong dates of a certification; the former dates stay in its history.

A correction never changes what was decided: a certification cannot begin before its grant was
decided, and no revocation, suspension or other change may fall outside the term.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification import published
from certification.domain.certification_changes import (
    CertificationChange,
    Change,
    refuse_correction,
)
from certification.domain.certifications import Certification
from certification.domain.credentials import RecordedSpan
from certification.domain.day_bounds import day_bounds
from certification.domain.succession import (
    ENDS_BY,
    ends_with,
    refuse_moved_end,
    refuse_moved_start,
)
from certification.storage import certifications, decisions, standings
from certification.use_cases.bar_interested import refuse_barred_from
from certification.use_cases.change_certification import Changed
from certification.use_cases.grant_certification import (
    AUTHORITY,
    cancel_renewal_duty,
    open_renewal_duty,
    replace_followed,
)
from shared.database.transaction import Transaction
from shared.law.in_force import Law
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class CorrectCertification:
    """The correct dates of a certification, and what was wrong."""

    certification_id: UUID
    effective_from: date
    effective_until: date
    reasons: tuple[str, ...]
    seen_version: Seen


async def correct_certification(
    tx: Transaction, law: Law, command: CorrectCertification
) -> Changed:
    """Store the correct dates as a change; an open renewal duty moves with them."""
    before = await certifications.locked(tx, command.certification_id)
    await refuse_barred_from(tx, before.holder_id)
    check_version(command.seen_version, before.version)
    span = RecordedSpan(command.effective_from, command.effective_until)
    day_bounds(law.edition.settings, tx.today).refuse_span(span, before.effective_from)
    await _refuse(tx, before, span)
    also = await _end_followed(tx, before, span.effective_from)
    after = replace(
        before,
        effective_from=span.effective_from,
        effective_until=span.effective_until,
        version=before.version + 1,
        continued_days=0,
    )
    change = _change(tx, after, command)

    await certifications.update(tx, after, change)
    is_moved = after.effective_until != before.effective_until
    if is_moved and await cancel_renewal_duty(tx, before, "term corrected"):
        await open_renewal_duty(tx, law, after)
    tx.publish(published.certification_corrected(after))
    tx.audit(
        "certification.corrected",
        subject_kind="certification",
        subject_id=after.id,
        authority=AUTHORITY,
    )
    return Changed(after, change, also)


def _change(
    tx: Transaction, after: Certification, command: CorrectCertification
) -> CertificationChange:
    return CertificationChange(
        certification_id=after.id,
        number=after.version,
        change=Change.CORRECTED,
        effective_on=tx.today,
        effective_from=after.effective_from,
        effective_until=after.effective_until,
        reasons=command.reasons,
        recorded_at=tx.now,
        recorded_by=tx.actor.subject,
    )


async def _refuse(tx: Transaction, before: Certification, span: RecordedSpan) -> None:
    """Refuse dates that conflict with a decision."""
    decided_on = await decisions.day_of(tx, before.decision_id) if before.decision_id else None
    changes = await certifications.changes(tx, before.id)
    dates = span.effective_from, span.effective_until
    refuse_correction(changes, *dates, decided_on, tx.today)
    if follower := await certifications.following(tx, before.id):
        held = await standings.of_certification(tx, before.id)
        refuse_moved_end(before, held, span.effective_until, follower)


async def _end_followed(
    tx: Transaction, before: Certification, begins: date
) -> tuple[Changed, ...]:
    """End the certification before it sooner if the corrected one now begins sooner."""
    followed = await certifications.followed_by(tx, before)
    if followed is None:
        return ()
    certification, purpose = followed
    held = await standings.of_certification(tx, certification.id)
    refuse_moved_start(certification, held, before.effective_from, begins)
    if not ends_with(certification, held, begins):
        return ()
    change = await replace_followed(tx, certification, ENDS_BY[purpose], begins)
    return (Changed(replace(certification, version=change.number), change),)

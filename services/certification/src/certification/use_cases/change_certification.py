"""The Board suspends, reinstates or revokes a certification, or its holder surrenders it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification import published
from certification.domain.applications import Kind
from certification.domain.certification_changes import (
    FOR_GOOD,
    CertificationChange,
    Change,
    refuse_change,
)
from certification.domain.certifications import Certification
from certification.domain.reaching import reached_on, was_suspended_with
from certification.storage import certifications, standings
from certification.use_cases.bar_interested import refuse_barred_from
from certification.use_cases.flag_supervisees import flag_supervisees, unflag_supervisees
from certification.use_cases.grant_certification import AUTHORITY, cancel_renewal_duty
from shared.database.transaction import Transaction
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class ChangeCertification:
    """The change, the certification, the first day (None means today) and the reasons."""

    certification_id: UUID
    change: Change
    effective_on: date | None
    reasons: tuple[str, ...]
    seen_version: Seen | None


@dataclass(frozen=True)
class Changed:
    """The certification, its change, and the other certifications that changed too.

    `also` contains certifications granted ahead that get the same change, and the one that ends
    sooner because its renewal or upgrade was corrected to begin sooner.
    """

    certification: Certification
    change: CertificationChange
    also: tuple["Changed", ...] = ()


async def change_certification(tx: Transaction, command: ChangeCertification) -> Changed:
    """Change a certification from today or a later day on; ConflictError if refused.

    Every renewal or upgrade granted ahead gets the same change.
    """
    before = await certifications.locked(tx, command.certification_id)
    await refuse_barred_from(tx, before.holder_id)
    check_version(command.seen_version, before.version)
    effective_on = command.effective_on or tx.today
    held = await standings.of_certification(tx, before.id)
    refuse_change(command.change, held, effective_on, tx.today)

    changed = await _record(tx, before, command, effective_on)
    also = [
        await _record(tx, follower, command, on, changed.certification)
        for follower, on in await _reached(tx, changed)
    ]
    return replace(changed, also=tuple(also))


async def _record(
    tx: Transaction,
    before: Certification,
    command: ChangeCertification,
    effective_on: date,
    followed: Certification | None = None,
) -> Changed:
    """Store a change of one certification, and announce it."""
    after = replace(before, version=before.version + 1)
    change = CertificationChange(
        certification_id=after.id,
        number=after.version,
        change=command.change,
        effective_on=effective_on,
        effective_from=after.effective_from,
        effective_until=after.effective_until,
        reasons=command.reasons,
        recorded_at=tx.now,
        recorded_by=tx.actor.subject,
        with_certification_id=followed.id if followed else None,
    )
    await certifications.update(tx, after, change)
    if change.change in FOR_GOOD:
        await cancel_renewal_duty(tx, after, change.change)
    fact_id = tx.publish(published.certification_changed(after, change))
    await _tell_supervisees(tx, after, change, fact_id)
    tx.audit(
        f"certification.{change.change}",
        subject_kind="certification",
        subject_id=after.id,
        authority=AUTHORITY,
    )
    return Changed(after, change)


async def _reached(tx: Transaction, changed: Changed) -> list[tuple[Certification, date]]:
    """Return the later certifications that get the change too, each with its first day."""
    reached = []
    for follower in await certifications.all_following(tx, changed.certification.id):
        if changed.change.change is Change.REINSTATED:
            changes = await certifications.changes(tx, follower.id)
            if not was_suspended_with(changes, changed.certification.id):
                continue
        held = await standings.of_certification(tx, follower.id)
        on = reached_on(
            changed.change.change, held, follower.effective_from, changed.change.effective_on
        )
        if on is not None:
            reached.append((follower, on))
    return reached


async def _tell_supervisees(
    tx: Transaction, certification: Certification, change: CertificationChange, fact_id: UUID
) -> None:
    if certification.kind is not Kind.PROVIDER:
        return
    if change.change is Change.REINSTATED:
        if change.effective_on <= tx.today:
            await unflag_supervisees(tx, certification, resolution=change.change)
        return
    await flag_supervisees(
        tx,
        certification.holder_id,
        certification.id,
        because=change.change,
        effective_on=change.effective_on,
        fact_id=fact_id,
    )

"""Undoes a batch of what a list brought in: voids it and cancels its renewal duties.

What other records depend on is kept, and the line records why. Nothing is deleted.
"""

from dataclasses import replace

from certification import published
from certification.domain.certification_changes import CertificationChange, Change
from certification.domain.certifications import Certification
from certification.domain.duty_rules import RENEW_CERTIFICATION
from certification.domain.intakes import Intake, LineOutcome
from certification.storage import certification_batches, certifications, intake_rows
from certification.storage.intake_dependents import dependents
from certification.use_cases.grant_certification import AUTHORITY
from shared.database.transaction import Transaction
from shared.law.duty import duty_batches

REASON = "intake-undone"


async def undo_lines(tx: Transaction, intake: Intake, limit: int) -> int:
    """Undo the next lines, at most `limit`; return how many were processed."""
    rows = await intake_rows.batch(tx, intake.id, LineOutcome.MADE, limit)
    ids = [each.certification_id for each in rows if each.certification_id is not None]
    locked = await certifications.locked_all(tx, ids)
    kept = await dependents(tx, ids)
    voided = [_voided(tx, each) for each in locked if each.id not in kept]

    if voided:
        await certification_batches.void(tx, voided)
        await _end(tx, [certification for certification, _ in voided])
    intake_rows.set_soon(
        tx,
        [
            replace(
                each,
                outcome=LineOutcome.KEPT if each.certification_id in kept else LineOutcome.UNDONE,
                kept_because=kept.get(each.certification_id, ()) if each.certification_id else (),
            )
            for each in rows
        ],
    )
    return len(rows)


def _voided(tx: Transaction, before: Certification) -> tuple[Certification, CertificationChange]:
    """Return the certification as voided from its first day on."""
    after = replace(before, version=before.version + 1)
    change = CertificationChange(
        certification_id=after.id,
        number=after.version,
        change=Change.VOIDED,
        effective_on=after.effective_from,
        effective_from=after.effective_from,
        effective_until=after.effective_until,
        reasons=(REASON,),
        recorded_at=tx.now,
        recorded_by=tx.actor.subject,
    )
    return after, change


async def _end(tx: Transaction, voided: list[Certification]) -> None:
    """Announce the voided certifications, and cancel their duties."""
    for certification in voided:
        on = certification.effective_from
        tx.publish(published.certification_ended(certification, Change.VOIDED, on))
        tx.audit(
            "certification.voided",
            subject_kind="certification",
            subject_id=certification.id,
            authority=AUTHORITY,
        )
    ids = [each.id for each in voided]
    await duty_batches.cancel_duties(tx, RENEW_CERTIFICATION, ids, reason=REASON)

"""The Board corrects the level of a certification, or lifts, adds or corrects its conditions."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification import published
from certification.domain.amendments import Amended, Amendment, Proposal, Told, amended_from
from certification.domain.applications import Level
from certification.domain.certifications import Certification, conditions_told
from certification.domain.standards import Standards
from certification.domain.standings import Status
from certification.storage import amended_certifications, amendments, certifications, standings
from certification.use_cases.bar_interested import refuse_barred_from
from certification.use_cases.grant_certification import AUTHORITY
from certification.use_cases.name_holder import Amending
from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.identifiers import new_id
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class CorrectLevel:
    """The correct level of a certification, and why another one was recorded."""

    certification_id: UUID
    level: Level
    reasons: tuple[str, ...]
    seen_version: Seen


@dataclass(frozen=True)
class AmendConditions:
    """All conditions from today on, or those under which it was really granted."""

    certification_id: UUID
    conditions: tuple[str, ...]
    public_conditions: tuple[str, ...]
    is_correction: bool
    reasons: tuple[str, ...]
    seen_version: Seen


async def correct_level(tx: Transaction, standards: Standards, command: CorrectLevel) -> Amending:
    """Correct the level for the whole term; the dates do not change.

    A level that was not open on the first day is refused, and so is any level for a program.
    """
    before = await _locked(tx, command.certification_id, command.seen_version)
    if before.level is None:
        raise ConflictError("the certification of a program has no level", code="no-level")
    if command.level is before.level:
        raise ConflictError(f"the level is already {before.level}", code="nothing-amended")
    standards.refuse_level(command.level, before.effective_from)
    after = replace(before, level=command.level, version=before.version + 1)
    amendment = _amendment(
        tx,
        Amended.LEVEL,
        after,
        former={"level": before.level},
        now={"level": command.level},
        reasons=command.reasons,
    )
    return await _record(tx, after, amendment, after.effective_from)


async def amend_conditions(tx: Transaction, command: AmendConditions) -> Amending:
    """Replace all conditions; the former ones stay on record for their days."""
    before = await _locked(tx, command.certification_id, command.seen_version)
    after = replace(
        before,
        conditions=command.conditions,
        public_conditions=command.public_conditions,
        version=before.version + 1,
    )
    periods = await amendments.conditions(tx, before)
    proposal = Proposal(conditions_told(after), command.is_correction)
    begin = amended_from(proposal, periods, tx.today)
    amendment = _amendment(
        tx,
        Amended.CONDITIONS,
        after,
        former=conditions_told(before),
        now=conditions_told(after),
        effective_from=begin,
        reasons=command.reasons,
    )
    return await _record(
        tx, after, amendment, begin or periods[-1].effective_from or after.effective_from
    )


async def _locked(tx: Transaction, certification_id: UUID, seen_version: Seen) -> Certification:
    """Lock a certification that was ever valid; a voided one is refused."""
    before = await certifications.locked(tx, certification_id)
    await refuse_barred_from(tx, before.holder_id)
    check_version(seen_version, before.version)
    held = await standings.of_certification(tx, before.id)
    if held[-1].status is Status.VOIDED:
        raise ConflictError("this certification is void; it was never valid", code="voided")
    return before


async def _record(
    tx: Transaction, after: Certification, amendment: Amendment, effective_on: date
) -> Amending:
    await amendments.insert(tx, amendment)
    await amended_certifications.update(tx, after)
    tx.publish(published.certification_amended(after, amendment.amended, effective_on))
    tx.audit(
        f"certification.{amendment.amended}-amended",
        subject_kind="certification",
        subject_id=after.id,
        authority=AUTHORITY,
    )
    return Amending(amendment, after.version)


def _amendment(
    tx: Transaction,
    amended: Amended,
    certification: Certification,
    *,
    former: Told,
    now: Told,
    reasons: tuple[str, ...],
    effective_from: date | None = None,
) -> Amendment:
    return Amendment(
        id=new_id(),
        amended=amended,
        holder_id=certification.holder_id,
        certification_id=certification.id,
        former=former,
        now=now,
        effective_from=effective_from,
        reasons=reasons,
        recorded_at=tx.now,
        recorded_by=tx.actor.subject,
    )

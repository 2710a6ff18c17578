"""Records a new name of a provider or program from a day on, or corrects a wrong one.

The public number stays. For each day, the register shows the name of that day.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification import published
from certification.domain.amendments import (
    Amended,
    Amendment,
    Proposal,
    amended_from,
)
from certification.domain.applications import Application, Kind
from certification.domain.certifications import Certification
from certification.domain.program_changes import ProgramChange
from certification.storage import amendments, certifications, programs, providers
from certification.use_cases.bar_interested import refuse_barred_from
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class NameHolder:
    """The name, and whether it is a correction or a new name (from today if no day is given)."""

    kind: Kind
    holder_id: UUID
    name: str
    is_correction: bool
    effective_from: date | None
    reasons: tuple[str, ...]
    seen_version: Seen


@dataclass(frozen=True)
class Amending:
    """The amendment, and the new version of what was amended."""

    amendment: Amendment
    version: int


async def name_holder(tx: Transaction, command: NameHolder) -> Amending:
    """Store the name, and keep the former one for its days."""
    held = await certifications.locked_of_holders(tx, command.holder_id)
    await refuse_barred_from(tx, command.holder_id)
    name, version = await _locked(tx, command.kind, command.holder_id)
    check_version(command.seen_version, version)
    periods = await amendments.names(tx, command.holder_id, name)
    proposal = Proposal({"name": command.name}, command.is_correction, command.effective_from)
    begin = amended_from(proposal, periods, tx.today)
    amendment = _amendment(tx, command.holder_id, name, command.name, begin, command.reasons)

    await amendments.insert(tx, amendment)
    version = await _update_name(tx, amendment, command)
    if held:
        latest = max(held, key=lambda each: each.id)
        on = begin or periods[-1].effective_from or _first_day(held)
        tx.publish(published.certification_amended(latest, Amended.NAME, on))
    tx.audit("holder.named", subject_kind=command.kind, subject_id=command.holder_id)
    return Amending(amendment, version)


async def amend_granted_name(tx: Transaction, application: Application) -> None:
    """Record the new name of a holder that renews under another name, from today on."""
    if application.certification_id is None:
        return
    holder_id = application.holder_id
    name, _ = await _locked(tx, application.kind, holder_id)
    if name == application.name:
        return
    amendment = _amendment(tx, holder_id, name, application.name, tx.today, ())
    await amendments.insert(tx, amendment)


async def _locked(tx: Transaction, kind: Kind, holder_id: UUID) -> tuple[str, int]:
    if kind is Kind.PROVIDER:
        provider = await providers.locked(tx, holder_id)
        return provider.name, provider.version
    program = await programs.locked(tx, holder_id)
    return program.name, program.version


async def _update_name(tx: Transaction, amendment: Amendment, command: NameHolder) -> int:
    if command.kind is Kind.PROVIDER:
        before = await providers.locked(tx, command.holder_id)
        await providers.upsert(tx, replace(before, name=command.name))
        return before.version + 1
    program = await programs.locked(tx, command.holder_id)
    after = replace(program, name=command.name, version=program.version + 1)
    begin = amendment.effective_from
    now = {"name": command.name, "effective_from": begin.isoformat() if begin else None}
    await programs.update(tx, after, ProgramChange.NAMED, {"name": program.name}, now)
    return after.version


def _amendment(
    tx: Transaction,
    holder_id: UUID,
    former: str,
    now: str,
    effective_from: date | None,
    reasons: tuple[str, ...],
) -> Amendment:
    return Amendment(
        id=new_id(),
        amended=Amended.NAME,
        holder_id=holder_id,
        certification_id=None,
        former={"name": former},
        now={"name": now},
        effective_from=effective_from,
        reasons=reasons,
        recorded_at=tx.now,
        recorded_by=tx.actor.subject,
    )


def _first_day(held: list[Certification]) -> date:
    return min(each.effective_from for each in held)

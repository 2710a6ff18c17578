"""The Board records that a provider works under the supervision of another."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification.domain.day_bounds import day_bounds
from certification.domain.recorded_twice import refuse_recorded
from certification.domain.supervision_agreements import (
    SupervisionAgreement,
    ended,
    refuse_dates,
    refuse_supervisor,
)
from certification.storage import certifications, providers, standings, supervision_agreements
from certification.use_cases.bar_interested import refuse_barred_from
from certification.use_cases.flag_supervisees import unflag_supervisee
from shared.database.transaction import Transaction
from shared.errors import Fault, InvalidInputError
from shared.identifiers import new_id
from shared.law.in_force import Law
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class RecordSupervisionAgreement:
    """The supervisor and supervisee, the day of signing, and the first day."""

    supervisee_id: UUID
    supervisor_id: UUID
    signed_on: date
    effective_from: date


async def record_supervision_agreement(
    tx: Transaction, law: Law, command: RecordSupervisionAgreement
) -> SupervisionAgreement:
    """Store an agreement; the supervisor must be a certified provider on its first day.

    ConflictError if the two already have one. The certifications of both are locked: suspending the
    supervisor or undoing an intake meanwhile would otherwise not see this agreement.
    """
    if command.supervisee_id == command.supervisor_id:
        fault = Fault("supervisor_id", "must not be the supervisee")
        raise InvalidInputError(
            "the supervisor and supervisee must differ", code="same-person", faults=[fault]
        )
    await refuse_barred_from(tx, command.supervisee_id, command.supervisor_id)
    refuse_dates(command.signed_on, command.effective_from, tx.today)
    bounds = day_bounds(law.edition.settings, tx.today)
    bounds.refuse_beginning("effective_from", command.effective_from)
    await providers.by_id(tx, command.supervisor_id)
    await certifications.locked_of_holders(tx, command.supervisee_id, command.supervisor_id)
    held = await standings.of_holder_on(tx, command.supervisor_id, command.effective_from)
    refuse_supervisor(held, command.effective_from)
    first = await supervision_agreements.standing_between(
        tx, command.supervisee_id, command.supervisor_id, command.effective_from
    )
    refuse_recorded("supervision agreement", first)
    agreement = SupervisionAgreement(
        id=new_id(),
        supervisee_id=command.supervisee_id,
        supervisor_id=command.supervisor_id,
        signed_on=command.signed_on,
        effective_from=command.effective_from,
    )

    await supervision_agreements.insert(tx, agreement)
    tx.audit(
        "supervision-agreement.recorded",
        subject_kind="supervision-agreement",
        subject_id=agreement.id,
    )
    return agreement


async def end_supervision_agreement(
    tx: Transaction, agreement_id: UUID, *, on: date | None, seen_version: Seen | None
) -> SupervisionAgreement:
    """End an agreement from a day on, by default today, or correct its end."""
    before = await supervision_agreements.locked(tx, agreement_id)
    check_version(seen_version, before.version)
    await refuse_barred_from(tx, before.supervisee_id, before.supervisor_id)
    agreement = ended(before, on, tx.today)

    await supervision_agreements.update_end(tx, agreement)
    await unflag_supervisee(tx, agreement)
    tx.audit(
        "supervision-agreement.ended",
        subject_kind="supervision-agreement",
        subject_id=agreement.id,
    )
    return agreement

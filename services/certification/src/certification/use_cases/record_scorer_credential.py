"""The Board records that SARATSO certified a person to score one instrument."""

from dataclasses import dataclass
from uuid import UUID

from certification import published
from certification.domain.credentials import InstrumentCode, RecordedSpan, ScorerCredential
from certification.domain.day_bounds import day_bounds
from certification.domain.recorded_twice import refuse_recorded
from certification.storage import certifications, credentials
from certification.use_cases.bar_interested import refuse_barred_from
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.in_force import Law


@dataclass(frozen=True)
class RecordScorerCredential:
    """The scorer, the instrument, the period, and SARATSO's reference.

    `instead_of` is the record that this one corrects.
    """

    scorer_id: UUID
    instrument: InstrumentCode
    span: RecordedSpan
    reference: str
    instead_of: UUID | None = None


async def record_scorer_credential(
    tx: Transaction, law: Law, command: RecordScorerCredential
) -> ScorerCredential:
    """Store and announce a credential.

    ConflictError if the scorer has one for the instrument from the same day. The scorer's
    certifications are locked, so that an intake is not undone meanwhile without seeing it.
    """
    day_bounds(law.edition.settings, tx.today).refuse_span(command.span)
    await refuse_barred_from(tx, command.scorer_id)
    await certifications.locked_of_holders(tx, command.scorer_id)
    await tx.lock_subject(command.scorer_id)
    refuse_recorded("scorer credential", await _same(tx, command))
    credential = ScorerCredential(
        new_id(), command.scorer_id, command.instrument, command.span, command.reference
    )

    await credentials.insert_scorer_credential(tx, credential)
    tx.publish(published.scorer_credential_recorded(credential))
    tx.audit(
        "scorer-credential.recorded",
        subject_kind="scorer-credential",
        subject_id=credential.id,
    )
    return credential


async def _same(tx: Transaction, command: RecordScorerCredential) -> UUID | None:
    first = await credentials.standing_scorer_credential(
        tx, command.scorer_id, command.instrument, command.span.effective_from
    )
    return None if first == command.instead_of else first

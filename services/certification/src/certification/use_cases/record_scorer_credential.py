"""The Board records that SARATSO certified a person to score one instrument."""

from dataclasses import dataclass
from uuid import UUID

from certification import published
from certification.domain.credentials import Instrument, ScorerCredential, Span
from certification.domain.day_bounds import day_bounds
from certification.storage import certifications, credentials
from certification.use_cases.bar_interested import refuse_barred_from
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.in_force import Law


@dataclass(frozen=True)
class RecordScorerCredential:
    """Who may score what, from when until when, and SARATSO's reference."""

    scorer_id: UUID
    instrument: Instrument
    span: Span
    reference: str


async def record_scorer_credential(
    tx: Transaction, law: Law, command: RecordScorerCredential
) -> ScorerCredential:
    """Keep it and tell those who check it on the day of scoring.

    Nobody undoes the scorer's own certification meanwhile, for want of seeing this.
    """
    day_bounds(law.edition.settings, tx.today).refuse_span(command.span)
    await refuse_barred_from(tx, command.scorer_id)
    await certifications.locked_of_holders(tx, command.scorer_id)
    credential = ScorerCredential(
        new_id(), command.scorer_id, command.instrument, command.span, command.reference
    )

    await credentials.keep_scorer_credential(tx, credential)
    tx.publish(published.scorer_credential_recorded(credential))
    tx.audit(
        "scorer-credential.recorded",
        subject_kind="scorer-credential",
        subject_id=credential.id,
    )
    return credential

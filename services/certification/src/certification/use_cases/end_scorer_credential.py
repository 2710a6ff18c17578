"""Ends a scorer credential, or corrects it by another record."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification import published
from certification.domain.credentials import (
    InstrumentCode,
    RecordedSpan,
    ScorerCredential,
    corrected,
    refuse_ended,
    withdrawn,
)
from certification.storage import credentials
from certification.use_cases.bar_interested import refuse_barred_from
from certification.use_cases.record_scorer_credential import (
    RecordScorerCredential,
    record_scorer_credential,
)
from shared.database.transaction import Transaction
from shared.law.in_force import Law
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class RightCredential:
    """The correct values for the same scorer."""

    instrument: InstrumentCode
    effective_from: date
    effective_until: date
    reference: str


async def end_scorer_credential(
    tx: Transaction, credential_id: UUID, *, on: date | None, seen_version: Seen | None
) -> ScorerCredential:
    """End a credential from a day on, by default today; ConflictError if it has ended."""
    before = await credentials.locked_scorer_credential(tx, credential_id)
    await refuse_barred_from(tx, before.scorer_id)
    check_version(seen_version, before.version)
    end = withdrawn(before.span, before.end, on or tx.today)

    await credentials.update_credential_end(tx, before.id, end)
    tx.publish(published.scorer_credential_ended(before, end))
    tx.audit("scorer-credential.withdrawn", subject_kind="scorer-credential", subject_id=before.id)
    return replace(before, end=end, version=before.version + 1)


async def correct_scorer_credential(
    tx: Transaction,
    law: Law,
    credential_id: UUID,
    right: RightCredential,
    *,
    seen_version: Seen | None,
) -> ScorerCredential:
    """Record the correct values; the wrong record stays, superseded, as never valid."""
    before = await credentials.locked_scorer_credential(tx, credential_id)
    check_version(seen_version, before.version)
    refuse_ended(before.end)
    span = RecordedSpan(right.effective_from, right.effective_until)
    after = await record_scorer_credential(
        tx,
        law,
        RecordScorerCredential(
            before.scorer_id, right.instrument, span, right.reference, instead_of=before.id
        ),
    )
    end = corrected(before.span, before.end, after.id)

    await credentials.update_credential_end(tx, before.id, end)
    tx.publish(published.scorer_credential_ended(before, end))
    tx.audit("scorer-credential.corrected", subject_kind="scorer-credential", subject_id=before.id)
    return after

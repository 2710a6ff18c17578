"""Stores corrections of persons: former values and reason, encrypted, never overwritten."""

import json

from shared.database.transaction import Transaction
from shared.security.personal_fields import PersonalFields
from supervision.domain.persons import PersonCorrection
from supervision.storage.tables import PERSON_CORRECTIONS

FORMER = "person_corrections.former"
REASON = "person_corrections.reason"


async def insert(tx: Transaction, correction: PersonCorrection, fields: PersonalFields) -> None:
    """Insert a correction."""
    former = json.dumps(dict(correction.former), default=str).encode()
    await tx.insert(
        PERSON_CORRECTIONS,
        id=correction.id,
        person_id=correction.person_id,
        corrected=sorted(correction.former),
        former_sealed=fields.seal(former, column=FORMER, row_id=correction.id),
        reason_sealed=fields.seal(correction.reason.encode(), column=REASON, row_id=correction.id),
        corrected_at=tx.now,
        corrected_by=tx.actor.subject,
    )

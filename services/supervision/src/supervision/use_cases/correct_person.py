"""An officer corrects a wrongly recorded person; the former values are kept.

When a rejected DOJ form is sent again, it is filled in again from the corrected record.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from shared.database.transaction import Transaction
from shared.security.personal_fields import PersonalFields
from supervision.domain.persons import PersonCorrection, check_birth_date, corrected
from supervision.storage import audit_record, officers, person_corrections, persons
from supervision.use_cases.record_person import person_exists


async def correct_person(
    tx: Transaction,
    person_id: UUID,
    right: Mapping[str, Any],
    reason: str,
    fields: PersonalFields,
) -> PersonCorrection:
    """Correct a person of the officer's agency.

    Raises ConflictError if the CII number belongs to another person, InvalidInputError if nothing
    changes.
    """
    await persons.lock(tx, person_id)
    before = await persons.visible(tx, person_id, fields)
    await officers.acting(tx)
    correction = corrected(before, right, reason)
    after = replace(before, identity=replace(before.identity, **right))
    check_birth_date(after.identity.birth_date, tx.today)

    if not await persons.rewrite(tx, after, fields):
        raise person_exists(await persons.visible_id_by_cii(tx, after.identity.cii_number, fields))
    await person_corrections.insert(tx, correction, fields)
    audit_record.of_person(tx, "person.corrected", before)
    return correction

"""An operator rewrites numbers that were stored as typed in canonical form, once, in batches.

A database with persons recorded before there was a canonical form may contain full-width digits,
leading zeros or the letter of rap sheets, and finds those persons only by the number as typed.
"""

from dataclasses import dataclass, field, replace
from uuid import UUID

from shared.database.transaction import Transaction
from shared.errors import InvalidInputError
from shared.identity.numbers import canonical_cdcr_number, canonical_cii_number, canonical_ssn
from shared.security.personal_fields import PersonalFields
from supervision.domain.persons import Identity
from supervision.storage import cases, persons

BATCH = 500


@dataclass
class Rewritten:
    """The result so far. It contains only IDs, nothing personal."""

    looked_at: int = 0
    written_anew: list[UUID] = field(default_factory=list)
    unreadable: list[UUID] = field(default_factory=list)
    doubled: list[UUID] = field(default_factory=list)
    last_id: UUID | None = None


@dataclass
class IndexedCases:
    """The cases that were indexed, and those with the number of an earlier case."""

    indexed: list[UUID] = field(default_factory=list)
    doubled: list[UUID] = field(default_factory=list)
    last_id: UUID | None = None


async def index_case_numbers(tx: Transaction, fields: PersonalFields, so_far: IndexedCases) -> bool:
    """Index the next batch of case numbers without an index. Returns False if none is left."""
    batch = await cases.unindexed(tx, so_far.last_id, BATCH)
    for case in batch:
        so_far.last_id = case.id
        is_indexed = await cases.index_number(tx, case, fields)
        (so_far.indexed if is_indexed else so_far.doubled).append(case.id)
    return bool(batch)


async def rewrite_person_numbers(
    tx: Transaction, fields: PersonalFields, so_far: Rewritten
) -> bool:
    """Rewrite the next batch and add it to the result. Returns False if no person is left.

    A person whose numbers cannot be read, or whose CII number in standard form is also another
    person's, stays unchanged and is listed in the result.
    """
    batch = await persons.batch_after(tx, so_far.last_id, BATCH, fields)
    for person in batch:
        so_far.looked_at += 1
        so_far.last_id = person.id
        try:
            identity = _canonical(person.identity)
        except InvalidInputError:
            so_far.unreadable.append(person.id)
            continue
        if identity == person.identity:
            continue
        if not await persons.rewrite(tx, replace(person, identity=identity), fields):
            so_far.doubled.append(person.id)
            continue
        so_far.written_anew.append(person.id)
        tx.audit("person.rewritten", subject_kind="person", subject_id=person.id)
    return bool(batch)


def _canonical(identity: Identity) -> Identity:
    return replace(
        identity,
        cii_number=canonical_cii_number(identity.cii_number),
        cdcr_number=identity.cdcr_number and canonical_cdcr_number(identity.cdcr_number),
        ssn=identity.ssn and canonical_ssn(identity.ssn),
    )

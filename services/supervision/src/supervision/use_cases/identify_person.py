"""The gateway asks whose identifiers DOJ's notice carries; all of them must agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.database.transaction import Transaction
from shared.law.authorities import Authority
from shared.security.personal_fields import PersonalFields
from supervision.storage import cases, persons


@dataclass(frozen=True)
class IdentifyPerson:
    """The identifiers of a notice, and for which instrument it came."""

    cii_number: str
    birth_date: date
    family_name: str
    instrument: str | None


@dataclass(frozen=True)
class IdentifiedCase:
    """A case of the person found."""

    case_id: UUID
    person_id: UUID


async def identify_person(
    tx: Transaction, command: IdentifyPerson, fields: PersonalFields
) -> Sequence[IdentifiedCase]:
    """Find the person's cases; none where any of the identifiers differs."""
    person = await persons.by_cii(tx, command.cii_number, fields)
    if person is None or not person.identity.is_named(command.family_name, command.birth_date):
        return []

    tx.audit(
        "person.identified",
        subject_kind="person",
        subject_id=person.id,
        authority=f"{Authority.DOJ_NOTICE} {command.instrument or ''}".rstrip(),
    )
    return [IdentifiedCase(found, person.id) for found in await cases.of_person(tx, person.id)]

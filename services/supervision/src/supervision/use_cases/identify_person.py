"""The gateway looks up the person named in a DOJ notice; all identifiers must agree.

Identifiers that nearly agree or cannot be read also give an outcome: someone must then examine the
notice, and asking again would not help.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.authorities import Authority
from shared.database.transaction import Transaction
from shared.errors import InvalidInputError
from shared.identity.names import fold_person_name
from shared.identity.numbers import canonical_cii_number
from shared.security.personal_fields import PersonalFields
from supervision.domain.persons import Identification
from supervision.storage import cases, persons


@dataclass(frozen=True)
class IdentifyPerson:
    """The identifiers as written in the notice, and the instrument it is about."""

    cii_number: str
    birth_date: date
    family_name: str
    instrument: str | None


@dataclass(frozen=True)
class IdentifiedCase:
    """A case of the person with this CII number."""

    case_id: UUID
    person_id: UUID
    agency: str


@dataclass(frozen=True)
class Identified:
    """The outcome, with the cases of the person with this CII number."""

    outcome: Identification
    cases: Sequence[IdentifiedCase] = ()


async def identify_person(
    tx: Transaction, command: IdentifyPerson, fields: PersonalFields
) -> Identified:
    """Look up a person. The person with this CII number is named in the audit record."""
    cii_number = _readable_cii_number(command)
    if cii_number is None:
        return Identified(Identification.UNREADABLE)
    person = await persons.by_cii(tx, cii_number, fields)
    if person is None:
        return Identified(Identification.UNKNOWN)

    tx.audit(
        "person.identified",
        subject_kind="person",
        subject_id=person.id,
        authority=f"{Authority.DOJ_NOTICE} {command.instrument or ''}".rstrip(),
    )
    outcome = person.identity.compared(command.family_name, command.birth_date)
    found = await cases.of_person(tx, person.id)
    return Identified(outcome, [IdentifiedCase(each.id, person.id, each.agency) for each in found])


def _readable_cii_number(command: IdentifyPerson) -> str | None:
    """Return the canonical CII number; None if the number or the name cannot be read."""
    if not fold_person_name(command.family_name):
        return None
    try:
        return canonical_cii_number(command.cii_number)
    except InvalidInputError:
        return None

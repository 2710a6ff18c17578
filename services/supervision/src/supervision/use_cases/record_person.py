"""An officer records a person, once per CII number. Every field is stored encrypted."""

from uuid import UUID

from shared.database.transaction import Transaction
from shared.errors import ConflictError, Fault
from shared.identifiers import new_id
from shared.security.personal_fields import PersonalFields
from supervision.domain.persons import Identity, Person, check_birth_date
from supervision.storage import audit_record, officers, persons


async def record_person(tx: Transaction, identity: Identity, fields: PersonalFields) -> UUID:
    """Record a person for the officer's agency. Raises ConflictError for a known CII number."""
    officer = await officers.acting(tx)
    check_birth_date(identity.birth_date, tx.today)
    person = Person(new_id(), officer.agency, identity)

    if not await persons.insert_if_new(tx, person, fields):
        raise person_exists(await persons.visible_id_by_cii(tx, identity.cii_number, fields))
    audit_record.of_person(tx, "person.recorded", person)
    return person.id


def person_exists(person_id: UUID | None) -> ConflictError:
    """Return the error for a known CII number. It names the person only if the actor may see it."""
    whose = f"person {person_id}" if person_id else "a person whom another agency recorded"
    return ConflictError(
        f"this CII number already belongs to {whose}",
        code="person-exists",
        faults=[Fault("cii_number", f"already belongs to {whose}")],
        members={"person_id": str(person_id)} if person_id else {},
    )

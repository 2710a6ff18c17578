"""An officer reads a person of their own agency."""

from uuid import UUID

from shared.database.transaction import Transaction
from shared.security.personal_fields import PersonalFields
from supervision.domain.persons import Person
from supervision.storage import audit_record, persons


async def show_person(tx: Transaction, person_id: UUID, fields: PersonalFields) -> Person:
    """Read a person. The reading is recorded in the audit record."""
    person = await persons.visible(tx, person_id, fields)

    audit_record.of_person(tx, "person.read", person)
    return person

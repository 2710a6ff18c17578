"""The gateway reads the person and case fields of DOJ's score form."""

from dataclasses import dataclass
from uuid import UUID

from shared.authorities import Authority
from shared.database.transaction import Transaction
from shared.security.personal_fields import PersonalFields
from supervision.domain.agencies import Agency, Officer
from supervision.domain.cases import Case
from supervision.domain.persons import Identity
from supervision.storage import agencies, cases, officers, persons


@dataclass(frozen=True)
class FormIdentity:
    """The person, case, agency and officer fields of the form."""

    identity: Identity
    case: Case
    case_number: str
    agency: Agency
    officer: Officer


async def show_form_identity(
    tx: Transaction, case_id: UUID, fields: PersonalFields
) -> FormIdentity:
    """Read the form fields of any case, with the full SSN. The reading is in the audit record."""
    case = await cases.by_id(tx, case_id)
    person = await persons.by_id(tx, case.person_id, fields)
    found = FormIdentity(
        identity=person.identity,
        case=case,
        case_number=await cases.number_of(tx, case.id, fields),
        agency=await agencies.by_code(tx, case.agency),
        officer=await officers.by_id(tx, case.officer_id),
    )

    tx.audit(
        "form-identity.read",
        subject_kind="person",
        subject_id=person.id,
        authority=Authority.DOJ_FORM,
    )
    return found

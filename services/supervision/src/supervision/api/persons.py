"""Persons: recorded once, read by their own agency, never with the whole SSN."""

from datetime import date
from uuid import UUID

from fastapi import Response, status
from pydantic import BaseModel

from shared.http.identity_fields import (
    CdcrNumber,
    CiiNumber,
    PersonName,
    SocialSecurityNumber,
)
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role
from supervision.api.field_types import Day
from supervision.api.personal_fields import CurrentPersonalFields
from supervision.domain.persons import Identity, masked_ssn
from supervision.use_cases.record_person import record_person
from supervision.use_cases.show_person import show_person

router = guarded_router("/v1/persons", tags=["persons"])


class PersonBody(RequestBody):
    """What identifies the person toward DOJ."""

    given_name: PersonName
    middle_name: PersonName | None = None
    family_name: PersonName
    birth_date: Day
    cii_number: CiiNumber
    cdcr_number: CdcrNumber | None = None
    ssn: SocialSecurityNumber | None = None


class RecordedPersonAnswer(BaseModel):
    """The new person's id, and nothing personal."""

    person_id: UUID


class PersonAnswer(BaseModel):
    """A person; the SSN shows its last four digits alone."""

    person_id: UUID
    given_name: str
    middle_name: str | None
    family_name: str
    birth_date: date
    cii_number: str
    cdcr_number: str | None
    ssn: str | None


@router.post(
    "",
    operation_id="record_person",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OFFICER)],
)
async def post_person(
    tx: CurrentTransaction, body: PersonBody, fields: CurrentPersonalFields, response: Response
) -> RecordedPersonAnswer:
    """Record a person; one CII number is one person."""
    person_id = await record_person(tx, Identity(**body.model_dump()), fields)
    response.headers["Location"] = f"/v1/persons/{person_id}"
    return RecordedPersonAnswer(person_id=person_id)


@router.get("/{person_id}", operation_id="show_person", dependencies=[allow(Role.OFFICER)])
async def get_person(
    tx: CurrentTransaction, person_id: UUID, fields: CurrentPersonalFields
) -> PersonAnswer:
    """Show a person of your agency; the reading is audited."""
    person = await show_person(tx, person_id, fields)
    shown = person.identity.__dict__ | {"ssn": masked_ssn(person.identity.ssn)}
    return PersonAnswer(person_id=person.id, **shown)

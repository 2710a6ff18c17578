"""Persons: recorded once, read by their own agency, never with the whole SSN."""

from datetime import date
from uuid import UUID

from fastapi import Response, status
from pydantic import BaseModel, Field

from shared.http.identity_fields import (
    CdcrNumber,
    CiiNumber,
    PersonName,
    SocialSecurityNumber,
)
from shared.http.routes import CurrentPersonalFields, CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role
from supervision.api.field_types import Day, Evidence
from supervision.domain.persons import Identity, masked_ssn
from supervision.use_cases.correct_person import correct_person
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


class PersonCorrectionBody(RequestBody):
    """What is right instead. What is left out stays as it is; null says that there is none."""

    given_name: PersonName = Field(default_factory=str, examples=["Avery"])
    middle_name: PersonName | None = Field(default=None, examples=["Lee"])
    family_name: PersonName = Field(default_factory=str, examples=["Example"])
    birth_date: Day = Field(default_factory=lambda: date.min, examples=["1980-02-29"])
    cii_number: CiiNumber = Field(default_factory=str, examples=["12345678"])
    cdcr_number: CdcrNumber | None = None
    ssn: SocialSecurityNumber | None = None
    reason: Evidence = Field(description="Why it was wrong; kept under seal.")


class PersonCorrectedAnswer(BaseModel):
    """Which fields were corrected, and nothing personal."""

    person_id: UUID
    correction_id: UUID
    corrected: list[str]


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


@router.post(
    "/{person_id}/corrections",
    operation_id="correct_person",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OFFICER)],
)
async def post_correction(
    tx: CurrentTransaction,
    person_id: UUID,
    body: PersonCorrectionBody,
    fields: CurrentPersonalFields,
    response: Response,
) -> PersonCorrectedAnswer:
    """Correct what was recorded wrongly of a person of your agency; what stood there is kept."""
    right = body.model_dump(exclude={"reason"}, exclude_unset=True)
    correction = await correct_person(tx, person_id, right, body.reason, fields)
    response.headers["Location"] = f"/v1/persons/{person_id}"
    return PersonCorrectedAnswer(
        person_id=person_id, correction_id=correction.id, corrected=sorted(correction.former)
    )


@router.get("/{person_id}", operation_id="show_person", dependencies=[allow(Role.OFFICER)])
async def get_person(
    tx: CurrentTransaction, person_id: UUID, fields: CurrentPersonalFields
) -> PersonAnswer:
    """Show a person of your agency; the reading is audited."""
    person = await show_person(tx, person_id, fields)
    shown = person.identity.__dict__ | {"ssn": masked_ssn(person.identity.ssn)}
    return PersonAnswer(person_id=person.id, **shown)

"""Routes that record, correct and show persons. The full SSN is never shown."""

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
    """The fields that identify a person on DOJ's forms."""

    given_name: PersonName
    middle_name: PersonName | None = Field(
        default=None, description="Middle name. Omit it if the person has none."
    )
    family_name: PersonName
    birth_date: Day = Field(description="Birth date. It must be in the past.")
    cii_number: CiiNumber
    cdcr_number: CdcrNumber | None = Field(
        default=None,
        description="CDCR number: the state prison system's identifier. Omit it if it is not "
        "known.",
    )
    ssn: SocialSecurityNumber | None = Field(
        default=None, description="Social Security number. Omit it if it is not known."
    )


class PersonCorrectionBody(RequestBody):
    """The corrected values. Omitted fields stay as they are; null removes an optional value."""

    given_name: PersonName = Field(default_factory=str, examples=["Avery"])
    middle_name: PersonName | None = Field(
        default=None, examples=["Lee"], description="Middle name. Null if the person has none."
    )
    family_name: PersonName = Field(default_factory=str, examples=["Example"])
    birth_date: Day = Field(
        default_factory=lambda: date.min,
        examples=["1980-02-29"],
        description="Birth date. It must be in the past.",
    )
    cii_number: CiiNumber = Field(default_factory=str, examples=["12345678"])
    cdcr_number: CdcrNumber | None = Field(
        default=None,
        description="CDCR number: the state prison system's identifier. Null if the person has "
        "none.",
    )
    ssn: SocialSecurityNumber | None = Field(
        default=None, description="Social Security number. Null if it is not known."
    )
    reason: Evidence = Field(description="Why the record was wrong. It is stored encrypted.")


class PersonCorrectedAnswer(BaseModel):
    """The names of the corrected fields. The response contains nothing personal."""

    person_id: UUID
    correction_id: UUID = Field(description="ID of the stored correction.")
    corrected: list[str] = Field(description="Names of the fields whose value changed.")


class RecordedPersonAnswer(BaseModel):
    """The ID of the new person. The response contains nothing personal."""

    person_id: UUID


class PersonAnswer(BaseModel):
    """A recorded person."""

    person_id: UUID
    given_name: str
    middle_name: str | None = Field(description="Middle name. Null if the person has none.")
    family_name: str
    birth_date: date
    cii_number: str = Field(description="CII number: DOJ's identifier of the person.")
    cdcr_number: str | None = Field(
        description="CDCR number: the state prison system's identifier of the person. Null if it "
        "is not recorded."
    )
    ssn: str | None = Field(
        description="Social Security number, masked except for the last four digits. Null if it is "
        "not recorded."
    )


@router.post(
    "",
    operation_id="record_person",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OFFICER)],
)
async def post_person(
    tx: CurrentTransaction, body: PersonBody, fields: CurrentPersonalFields, response: Response
) -> RecordedPersonAnswer:
    """Record a person. A CII number that is already recorded is refused."""
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
    """Correct a wrongly recorded person of the caller's agency.

    The former values are kept, encrypted.
    """
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
    """Show a person of the caller's agency. Each view is recorded in the audit record."""
    person = await show_person(tx, person_id, fields)
    shown = person.identity.__dict__ | {"ssn": masked_ssn(person.identity.ssn)}
    return PersonAnswer(person_id=person.id, **shown)

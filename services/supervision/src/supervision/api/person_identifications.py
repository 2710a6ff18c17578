"""Whose identifiers DOJ's notice carries: asked by POST, so that none is ever in a URL."""

from uuid import UUID

from fastapi import status
from pydantic import BaseModel

from shared.http.routes import CurrentTransaction, allow_service, guarded_router
from shared.http.shapes import RequestBody
from supervision.api.field_types import CiiNumber, Code, Day, Name
from supervision.api.personal_fields import CurrentPersonalFields
from supervision.use_cases.identify_person import IdentifyPerson, identify_person

router = guarded_router("/v1/person-identifications", tags=["person-identifications"])


class IdentificationBody(RequestBody):
    """The identifiers, all of which must be the person's; `instrument` goes on the audit record."""

    cii_number: CiiNumber
    birth_date: Day
    family_name: Name
    instrument: Code | None = None


class IdentifiedCaseAnswer(BaseModel):
    """A case of the person."""

    case_id: UUID
    person_id: UUID


class IdentificationAnswer(BaseModel):
    """The person's cases; empty where the identifiers are not those of one person here."""

    cases: list[IdentifiedCaseAnswer]


@router.post(
    "",
    operation_id="identify_person",
    status_code=status.HTTP_200_OK,
    dependencies=[allow_service("doj-gateway")],
)
async def post_person_identification(
    tx: CurrentTransaction, body: IdentificationBody, fields: CurrentPersonalFields
) -> IdentificationAnswer:
    """Find the cases of the person with these identifiers; audited."""
    found = await identify_person(tx, IdentifyPerson(**body.model_dump()), fields)
    return IdentificationAnswer(cases=[IdentifiedCaseAnswer(**each.__dict__) for each in found])

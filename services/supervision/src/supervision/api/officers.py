"""Routes that record and show officers."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response, status
from pydantic import BaseModel, Field

from shared.http.etags import SeenVersion, set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role
from supervision.api.field_types import Code, Name
from supervision.domain.agencies import Officer
from supervision.use_cases.record_officer import RecordOfficer, record_officer
from supervision.use_cases.show_officer import show_officer

router = guarded_router("/v1/officers", tags=["officers"])
READERS = (
    Role.OFFICER,
    Role.UNIT_SUPERVISOR,
    Role.AGENCY_LEAD,
    Role.AUDITOR,
    Role.OPERATOR,
)
OfficerId = Annotated[
    UUID, Path(description="ID of the officer: the `sub` claim of their access tokens.")
]


class OfficerBody(RequestBody):
    """The officer's name, agency and unit."""

    name: Name = Field(description="Full name of the officer, as it appears on DOJ's score form.")
    agency: Code = Field(description="Code of the agency that employs the officer.")
    unit: Code | None = Field(
        default=None,
        description="Code of the officer's unit, which the agency must have recorded. If omitted, "
        "the officer belongs to no unit.",
    )


class OfficerAnswer(BaseModel):
    """A recorded officer."""

    officer_id: UUID = Field(description="ID of the officer: the `sub` claim of their tokens.")
    name: str
    agency: str = Field(description="Code of the officer's agency.")
    unit: str | None = Field(
        description="Code of the officer's unit. Null if the officer belongs to no unit."
    )


@router.put(
    "/{officer_id}",
    operation_id="record_officer",
    responses={
        201: {"model": OfficerAnswer, "description": "The officer was recorded for the first time."}
    },
    dependencies=[allow(Role.AGENCY_LEAD, Role.OPERATOR)],
)
async def put_officer(
    tx: CurrentTransaction,
    officer_id: OfficerId,
    body: OfficerBody,
    seen: SeenVersion,
    response: Response,
) -> OfficerAnswer:
    """Record an officer, or change a recorded officer's name, agency or unit.

    The ID is the `sub` claim of the officer's access tokens.
    """
    command = RecordOfficer(officer_id, body.name, body.agency, body.unit)
    officer = await record_officer(tx, command, seen)
    if officer.version == 1:
        response.status_code = status.HTTP_201_CREATED
    return _answer(officer, response)


@router.get("/{officer_id}", operation_id="show_officer", dependencies=[allow(*READERS)])
async def get_officer(
    tx: CurrentTransaction, officer_id: OfficerId, response: Response
) -> OfficerAnswer:
    """Show an officer. Agency users see only officers of their own agency."""
    return _answer(await show_officer(tx, officer_id), response)


def _answer(officer: Officer, response: Response) -> OfficerAnswer:
    set_etag(response, officer.version)
    return OfficerAnswer(
        officer_id=officer.id, name=officer.name, agency=officer.agency, unit=officer.unit
    )

"""Officers."""

from uuid import UUID

from fastapi import Response, status
from pydantic import BaseModel

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


class OfficerBody(RequestBody):
    """The officer's name and post."""

    name: Name
    agency: Code
    unit: Code | None = None


class OfficerAnswer(BaseModel):
    """An officer as recorded."""

    officer_id: UUID
    name: str
    agency: str
    unit: str | None


@router.put(
    "/{officer_id}",
    operation_id="record_officer",
    responses={201: {"model": OfficerAnswer, "description": "They were not on record before."}},
    dependencies=[allow(Role.AGENCY_LEAD, Role.OPERATOR)],
)
async def put_officer(
    tx: CurrentTransaction,
    officer_id: UUID,
    body: OfficerBody,
    seen: SeenVersion,
    response: Response,
) -> OfficerAnswer:
    """Record an officer, or a change of post; the id is the `sub` of the officer's tokens."""
    command = RecordOfficer(officer_id, body.name, body.agency, body.unit)
    officer = await record_officer(tx, command, seen)
    if officer.version == 1:
        response.status_code = status.HTTP_201_CREATED
    return _answer(officer, response)


@router.get("/{officer_id}", operation_id="show_officer", dependencies=[allow(*READERS)])
async def get_officer(
    tx: CurrentTransaction, officer_id: UUID, response: Response
) -> OfficerAnswer:
    """Show an officer of your agency."""
    return _answer(await show_officer(tx, officer_id), response)


def _answer(officer: Officer, response: Response) -> OfficerAnswer:
    set_etag(response, officer.version)
    return OfficerAnswer(
        officer_id=officer.id, name=officer.name, agency=officer.agency, unit=officer.unit
    )

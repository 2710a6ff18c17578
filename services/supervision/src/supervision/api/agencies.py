"""Agencies and their units."""

from typing import Annotated

from fastapi import Path, Response, status
from pydantic import BaseModel, Field

from shared.http.etags import SeenVersion, set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role
from supervision.api.field_types import Code, CountyName, Name
from supervision.domain.agencies import Agency, AgencyKind, Unit
from supervision.storage import agencies
from supervision.use_cases.record_agency import RecordAgency, record_agency

router = guarded_router("/v1/agencies", tags=["agencies"])
RECORDERS = (Role.OPERATOR, Role.AGENCY_LEAD)
AgencyCode = Annotated[Code, Path(description="The code that tokens and events carry.")]


class UnitBody(RequestBody):
    """A part of the agency."""

    code: Code
    name: Name


class AgencyBody(RequestBody):
    """The agency's reference data, whole."""

    name: Name
    kind: AgencyKind
    county: CountyName
    units: list[UnitBody] = Field(default_factory=list, max_length=200)


class UnitAnswer(BaseModel):
    """A unit by code and name."""

    code: str
    name: str


class AgencyAnswer(BaseModel):
    """An agency as it stands."""

    code: str
    name: str
    kind: AgencyKind
    county: str
    units: list[UnitAnswer]


@router.put(
    "/{code}",
    operation_id="record_agency",
    responses={201: {"model": AgencyAnswer, "description": "It was not on record before."}},
    dependencies=[allow(*RECORDERS)],
)
async def put_agency(
    tx: CurrentTransaction,
    code: AgencyCode,
    body: AgencyBody,
    seen: SeenVersion,
    response: Response,
) -> AgencyAnswer:
    """Record an agency, or what has changed of it."""
    command = RecordAgency(
        code=code,
        name=body.name,
        kind=body.kind,
        county=body.county,
        units=tuple(Unit(unit.code, unit.name) for unit in body.units),
    )
    agency = await record_agency(tx, command, seen)
    if agency.version == 1:
        response.status_code = status.HTTP_201_CREATED
    return _answer(agency, response)


@router.get("/{code}", operation_id="show_agency", dependencies=[allow(*Role)])
async def get_agency(tx: CurrentTransaction, code: AgencyCode, response: Response) -> AgencyAnswer:
    """Show an agency with its units."""
    return _answer(await agencies.by_code(tx, code), response)


def _answer(agency: Agency, response: Response) -> AgencyAnswer:
    set_etag(response, agency.version)
    return AgencyAnswer(
        code=agency.code,
        name=agency.name,
        kind=agency.kind,
        county=agency.county,
        units=[UnitAnswer(code=unit.code, name=unit.name) for unit in agency.units],
    )

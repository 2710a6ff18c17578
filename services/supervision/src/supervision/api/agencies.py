"""Routes that record and show agencies and their units."""

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
AgencyCode = Annotated[
    Code, Path(description="Code of the agency, as it appears in access tokens and events.")
]


class UnitBody(RequestBody):
    """One unit of the agency."""

    code: Code = Field(description="Code of the unit, as it appears in access tokens and events.")
    name: Name = Field(description="Name of the unit.")


class AgencyBody(RequestBody):
    """The complete reference data of an agency. It replaces what was recorded before."""

    name: Name = Field(description="Name of the agency, as it appears on DOJ's score form.")
    kind: AgencyKind = Field(
        description="Kind of agency. It decides which types of supervision the agency may hold, "
        "and it cannot change once the agency has cases."
    )
    county: CountyName = Field(
        description="California county of the agency. Timeliness reports by county use it."
    )
    units: list[UnitBody] = Field(
        default_factory=list,
        max_length=200,
        description="All units of the agency. A unit that is left out is removed; a unit that has "
        "officers or cases cannot be removed. If omitted, the agency has no units.",
    )


class UnitAnswer(BaseModel):
    """One unit of an agency."""

    code: str
    name: str


class AgencyAnswer(BaseModel):
    """The current reference data of an agency."""

    code: str
    name: str
    kind: AgencyKind = Field(
        description="Kind of agency, which decides the types of supervision that it may hold."
    )
    county: str = Field(description="California county of the agency.")
    units: list[UnitAnswer] = Field(description="All units of the agency. Empty if it has none.")


@router.put(
    "/{code}",
    operation_id="record_agency",
    responses={
        201: {"model": AgencyAnswer, "description": "The agency was recorded for the first time."}
    },
    dependencies=[allow(*RECORDERS)],
)
async def put_agency(
    tx: CurrentTransaction,
    code: AgencyCode,
    body: AgencyBody,
    seen: SeenVersion,
    response: Response,
) -> AgencyAnswer:
    """Record a new agency, or replace the reference data of a recorded one.

    An agency lead may do this only for their own agency.
    """
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
    """Show an agency and its units."""
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

"""Client of supervision, which gives the person on DOJ's form and finds one in a notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel

from doj_gateway.domain.form_facts import FormCase, FormPerson
from doj_gateway.domain.said_notices import Identifiers
from doj_gateway.partners.service_calls import ServiceCalls
from shared.plain_dates import PlainDate


class _FormIdentity(BaseModel):
    given_name: str
    middle_name: str | None
    family_name: str
    birth_date: PlainDate
    ssn: str | None
    cii_number: str
    cdcr_number: str | None
    case_number: str
    sentenced_on: PlainDate
    county_of_conviction: str
    county_of_residence: str
    supervision_type: str
    agency_name: str
    officer_name: str


class _IdentifiedCase(BaseModel):
    case_id: UUID


class _Identification(BaseModel):
    outcome: str
    cases: list[_IdentifiedCase]
    near_cases: list[_IdentifiedCase]


@dataclass(frozen=True)
class IdentifiedPerson:
    """The result of looking up a person by identifiers.

    `case_ids` are the person's cases if the outcome is `matched`, the cases of the person with this
    CII number if name or birth date differs, and otherwise empty.
    """

    outcome: str
    case_ids: Sequence[UUID]


class SupervisionClient:
    """Client of supervision, which records every answer in its audit record."""

    def __init__(self, calls: ServiceCalls) -> None:
        self._calls = calls

    async def form_identity(self, case_id: UUID, errand: UUID) -> tuple[FormPerson, FormCase]:
        """Read the person and case fields of DOJ's form. Raises UnavailableError."""
        found = await self._calls.ask(
            _FormIdentity, "GET", f"/v1/cases/{case_id}/form-identity", errand
        )
        return _person(found), _case(found)

    async def identify(
        self, person: Identifiers, instrument: str, errand: UUID
    ) -> IdentifiedPerson:
        """Look up a person by identifiers. Raises UnavailableError."""
        body = {
            "cii_number": person.cii_number,
            "birth_date": person.birth_date.isoformat(),
            "family_name": person.family_name,
            "instrument": instrument,
        }
        found = await self._calls.ask(
            _Identification, "POST", "/v1/person-identifications", errand, body
        )
        cases = [*found.cases, *found.near_cases]
        return IdentifiedPerson(found.outcome, [each.case_id for each in cases])

    async def close(self) -> None:
        """Close the connections."""
        await self._calls.close()


def _person(found: _FormIdentity) -> FormPerson:
    return FormPerson(
        given_name=found.given_name,
        middle_name=found.middle_name,
        family_name=found.family_name,
        birth_date=found.birth_date,
        ssn=found.ssn,
        cii_number=found.cii_number,
        cdcr_number=found.cdcr_number,
    )


def _case(found: _FormIdentity) -> FormCase:
    return FormCase(
        case_number=found.case_number,
        sentenced_on=found.sentenced_on,
        county_of_conviction=found.county_of_conviction,
        county_of_residence=found.county_of_residence,
        supervision_type=found.supervision_type,
        agency=found.agency_name,
        officer=found.officer_name,
    )

"""Routes that open, list and show cases, and that give the gateway its part of DOJ's form."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, status
from pydantic import BaseModel, ConfigDict, Field

from shared.http.etags import set_etag
from shared.http.paging import LARGEST_PAGE, Page, moment_cursor, page_of
from shared.http.routes import (
    CurrentPersonalFields,
    CurrentTransaction,
    allow,
    allow_service,
    guarded_router,
)
from shared.http.shapes import RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role
from supervision.api.case_answers import CaseAnswer, CaseFileAnswer, case_answer, case_file_answer
from supervision.api.field_types import CaseNumber, Code, CountyName, Day, Evidence
from supervision.domain.cases import CaseDates, SupervisionType
from supervision.storage.cases import CaseFilter
from supervision.use_cases.list_cases import list_cases
from supervision.use_cases.open_case import OpenCase, open_case
from supervision.use_cases.show_case import show_case
from supervision.use_cases.show_form_identity import FormIdentity, show_form_identity

router = guarded_router("/v1/cases", tags=["cases"])
READERS = (
    Role.OFFICER,
    Role.UNIT_SUPERVISOR,
    Role.AGENCY_LEAD,
    Role.PROVIDER,
    Role.PROGRAM_REPRESENTATIVE,
    Role.EXAMINER,
    Role.AUDITOR,
    Role.OPERATOR,
)


class CaseBody(RequestBody):
    """A new case. Its agency, unit and officer come from the caller's access token."""

    person_id: UUID = Field(description="ID of the person, from `POST /v1/persons`.")
    supervision_type: SupervisionType = Field(
        description="Type of supervision. It must be one that the kind of your agency may hold."
    )
    case_number: CaseNumber = Field(
        description="Court case number of the conviction. It is stored encrypted and compared "
        "without regard to how it is written."
    )
    sentenced_on: Day = Field(description="Day of the sentence. It must not be in the future.")
    starts_on: Day = Field(
        description="First day of supervision. It must not be before the sentence or more than two "
        "years ahead."
    )
    expected_end_on: Day | None = Field(
        default=None,
        description="Day on which supervision is expected to end. It must be after `starts_on`, by "
        "at most 100 years. Omit it if no end is known.",
    )
    placement_on: Day = Field(
        description="Day on which placement is planned or happened. It must not be before the "
        "sentence or more than two years ahead. A placement before July 2012 opens no duty to "
        "score the Static-99R."
    )
    county_of_conviction: CountyName = Field(description="California county of the conviction.")
    county_of_residence: CountyName = Field(
        description="California county in which the person lives."
    )
    another_because: Evidence | None = Field(
        default=None,
        description="Why this is a separate case, if your agency already has a case of this person "
        "under this case number. If omitted, the duplicate is refused and the error names the "
        "first case.",
    )

    def command(self) -> OpenCase:
        """Convert the request to the command of the use case."""
        return OpenCase(
            person_id=self.person_id,
            supervision_type=self.supervision_type,
            case_number=self.case_number,
            dates=CaseDates(
                sentenced_on=self.sentenced_on,
                starts_on=self.starts_on,
                expected_end_on=self.expected_end_on,
                placement_on=self.placement_on,
            ),
            county_of_conviction=self.county_of_conviction,
            county_of_residence=self.county_of_residence,
            another_because=self.another_because,
        )


class CaseQuery(BaseModel):
    """Filters and paging of a list of cases."""

    model_config = ConfigDict(extra="forbid")

    person_id: UUID | None = Field(default=None, description="Only cases of this person.")
    officer_id: UUID | None = Field(
        default=None, description="Only cases with this supervising officer."
    )
    unit: Code | None = Field(default=None, description="Only cases of the unit with this code.")
    supervision_type: SupervisionType | None = Field(
        default=None, description="Only cases with this type of supervision."
    )
    limit: int = Field(
        default=50, ge=1, le=LARGEST_PAGE, description="Maximum number of items on a page."
    )
    after: str | None = Field(
        default=None,
        description="The `next` value of the previous page. If omitted, the first page.",
    )


class FormIdentityAnswer(BaseModel):
    """The fields of DOJ's score form that describe the person and the case."""

    case_id: UUID
    given_name: str
    middle_name: str | None = Field(description="Middle name. Null if the person has none.")
    family_name: str
    birth_date: date
    ssn: str | None = Field(
        description="Social Security number, all digits. Null if it is not recorded."
    )
    cii_number: str = Field(description="CII number: DOJ's identifier of the person.")
    cdcr_number: str | None = Field(
        description="CDCR number: the state prison system's identifier of the person. Null if it "
        "is not recorded."
    )
    case_number: str = Field(description="Court case number of the conviction.")
    sentenced_on: date = Field(description="Day of the sentence.")
    county_of_conviction: str = Field(description="California county of the conviction.")
    county_of_residence: str = Field(description="California county in which the person lives.")
    supervision_type: SupervisionType
    agency: str = Field(description="Code of the agency that supervises the case.")
    agency_name: str
    officer_id: UUID = Field(description="ID of the supervising officer.")
    officer_name: str


@router.post(
    "",
    operation_id="open_case",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OFFICER)],
)
async def post_case(
    tx: CurrentTransaction,
    law: CurrentLaw,
    fields: CurrentPersonalFields,
    body: CaseBody,
    response: Response,
) -> CaseAnswer:
    """Open a case for a recorded person.

    This opens the duty to score the Static-99R before placement, unless placement was before July
    2012.
    """
    case = await open_case(tx, law, fields, body.command())
    response.headers["Location"] = f"/v1/cases/{case.id}"
    set_etag(response, case.version)
    return case_answer(case)


@router.get("", operation_id="list_cases", dependencies=[allow(*READERS)])
async def get_cases(
    tx: CurrentTransaction, query: Annotated[CaseQuery, Query()]
) -> Page[CaseAnswer]:
    """List the cases that the caller may see, oldest first."""
    after = moment_cursor(query.after)
    narrowed = CaseFilter(**query.model_dump(exclude={"limit", "after"}))
    found = await list_cases(tx, narrowed, after=after, limit=query.limit)
    shown, cursor = page_of(found, query.limit, lambda case: (case.opened_at.isoformat(), case.id))
    return Page(items=[case_answer(case) for case in shown], next=cursor)


@router.get("/{case_id}", operation_id="show_case", dependencies=[allow(*READERS)])
async def get_case(
    tx: CurrentTransaction, case_id: UUID, fields: CurrentPersonalFields, response: Response
) -> CaseFileAnswer:
    """Show a case with its placement. Only the agency and auditors see the conviction."""
    file = await show_case(tx, case_id, fields)
    set_etag(response, file.case.version)
    return case_file_answer(file)


@router.get(
    "/{case_id}/form-identity",
    operation_id="show_form_identity",
    dependencies=[allow_service("doj-gateway")],
)
async def get_form_identity(
    tx: CurrentTransaction, case_id: UUID, fields: CurrentPersonalFields
) -> FormIdentityAnswer:
    """Return the person, case, agency and officer fields of DOJ's score form.

    Only the gateway may call this. Each call is recorded in the audit record.
    """
    return _form_identity(await show_form_identity(tx, case_id, fields))


def _form_identity(found: FormIdentity) -> FormIdentityAnswer:
    case = found.case
    return FormIdentityAnswer(
        case_id=case.id,
        **found.identity.__dict__,
        case_number=found.case_number,
        sentenced_on=case.dates.sentenced_on,
        county_of_conviction=case.county_of_conviction,
        county_of_residence=case.county_of_residence,
        supervision_type=case.supervision_type,
        agency=found.agency.code,
        agency_name=found.agency.name,
        officer_id=found.officer.id,
        officer_name=found.officer.name,
    )

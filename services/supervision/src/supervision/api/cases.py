"""Cases, and the part of DOJ's form that is theirs."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, status
from pydantic import BaseModel, ConfigDict, Field

from shared.http.etags import set_etag
from shared.http.paging import LARGEST_PAGE, Page, decode_cursor, page_of
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
    """What an officer says of a new case; agency, unit and officer are the token's."""

    person_id: UUID
    supervision_type: SupervisionType
    case_number: CaseNumber
    sentenced_on: Day = Field(description="The day of the sentence. It is not in the future.")
    starts_on: Day = Field(
        description="The first day of supervision. Not before the sentence, and not more than two "
        "years ahead."
    )
    expected_end_on: Day | None = Field(
        default=None,
        description="The day on which supervision is expected to end, at most 100 years after "
        "`starts_on`. Null if no end is known.",
    )
    placement_on: Day = Field(
        description="The day on which placement is planned or happened. Not before the sentence, "
        "and not more than two years ahead. A placement before July 2012 is recorded without a "
        "duty to score the Static-99R before it."
    )
    county_of_conviction: CountyName
    county_of_residence: CountyName
    another_because: Evidence | None = Field(
        default=None,
        description="Why this is another case, if your agency has one of this person under this "
        "case number already. If omitted, such a case is refused and the first is named.",
    )

    def command(self) -> OpenCase:
        """The use case's command."""
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
    """How a list of cases is narrowed and paged."""

    model_config = ConfigDict(extra="forbid")

    person_id: UUID | None = None
    officer_id: UUID | None = None
    unit: Code | None = None
    supervision_type: SupervisionType | None = None
    limit: int = Field(default=50, ge=1, le=LARGEST_PAGE)
    after: str | None = None


class FormIdentityAnswer(BaseModel):
    """The person's and the case's part of DOJ's score form."""

    case_id: UUID
    given_name: str
    middle_name: str | None
    family_name: str
    birth_date: date
    ssn: str | None
    cii_number: str
    cdcr_number: str | None
    case_number: str
    sentenced_on: date
    county_of_conviction: str
    county_of_residence: str
    supervision_type: SupervisionType
    agency: str
    agency_name: str
    officer_id: UUID
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
    """Open a case; the Static-99R is owed before placement."""
    case = await open_case(tx, law, fields, body.command())
    response.headers["Location"] = f"/v1/cases/{case.id}"
    set_etag(response, case.version)
    return case_answer(case)


@router.get("", operation_id="list_cases", dependencies=[allow(*READERS)])
async def get_cases(
    tx: CurrentTransaction, query: Annotated[CaseQuery, Query()]
) -> Page[CaseAnswer]:
    """List the cases you may see, the oldest first."""
    after = decode_cursor(query.after, datetime.fromisoformat, UUID) if query.after else None
    narrowed = CaseFilter(**query.model_dump(exclude={"limit", "after"}))
    found = await list_cases(tx, narrowed, after=after, limit=query.limit)
    shown, cursor = page_of(found, query.limit, lambda case: (case.opened_at.isoformat(), case.id))
    return Page(items=[case_answer(case) for case in shown], next=cursor)


@router.get("/{case_id}", operation_id="show_case", dependencies=[allow(*READERS)])
async def get_case(
    tx: CurrentTransaction, case_id: UUID, fields: CurrentPersonalFields, response: Response
) -> CaseFileAnswer:
    """Show a case."""
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
    """Show what DOJ's form says of person, case, agency and officer; audited."""
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

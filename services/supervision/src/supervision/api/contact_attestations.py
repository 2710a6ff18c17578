"""Routes that record contact attestations and show the contact months of a case."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, Response, status
from pydantic import BaseModel, Field, field_validator

from shared.http.paging import Page
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role
from supervision.api.cases import READERS
from supervision.api.field_types import Day, MonthText
from supervision.domain.contacts import Attestation, Contact, Mode, MonthState, Side, Topic
from supervision.domain.months import Month
from supervision.use_cases.attest_contact import attest_contact
from supervision.use_cases.list_contact_months import ContactMonth, list_contact_months

router: APIRouter = guarded_router("/v1", tags=["contact-attestations"])
MONTH_STATES = (
    "State of the month. `none`: neither side has attested. `one-sided`: only one side has. `met`: "
    "both have, with the same day and mode. `contradicted`: both have, but day or mode differ."
)


class ContactAttestationBody(RequestBody):
    """One side's record of the monthly contact between officer and provider."""

    case_id: UUID
    month: MonthText = Field(
        examples=["2026-11"], description="Month that the contact counts for, as `YYYY-MM`."
    )
    contacted_on: Day = Field(
        description="Day of the contact. It must lie in `month` and not in the future."
    )
    mode: Mode = Field(description="How the officer and the provider communicated.")
    topics: list[Topic] = Field(
        min_length=1,
        max_length=len(Topic),
        json_schema_extra={"uniqueItems": True},
        description="What the officer and the provider discussed. Each topic at most once.",
    )

    @field_validator("topics")
    @classmethod
    def _each_once(cls, topics: list[Topic]) -> list[Topic]:
        if len(set(topics)) != len(topics):
            raise ValueError("must not contain a topic more than once")
        return topics


class RecordedAttestationAnswer(BaseModel):
    """The new attestation and the resulting state of its month."""

    contact_attestation_id: UUID
    case_id: UUID
    month: str = Field(description="Month of the contact, as `YYYY-MM`.")
    side: Side = Field(description="Side for which the caller attested.")
    month_state: MonthState = Field(description=MONTH_STATES)


class AttestationAnswer(BaseModel):
    """One side's attestation of a monthly contact."""

    contact_attestation_id: UUID
    contacted_on: date = Field(description="Day of the contact, as this side recorded it.")
    mode: Mode = Field(description="How the officer and the provider communicated.")
    topics: list[Topic] = Field(description="What the officer and the provider discussed.")
    attested_at: datetime = Field(description="When this side recorded the attestation.")


class ContactMonthAnswer(BaseModel):
    """One month of a case with the attestation of each side."""

    month: str = Field(description="The month, as `YYYY-MM`.")
    state: MonthState = Field(description=MONTH_STATES)
    officer: AttestationAnswer | None = Field(
        description="The officer's attestation. Null if the officer has not attested."
    )
    provider: AttestationAnswer | None = Field(
        description="The provider's attestation. Null if the provider has not attested."
    )


@router.post(
    "/contact-attestations",
    operation_id="attest_contact",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OFFICER, Role.PROVIDER)],
)
async def post_contact_attestation(
    tx: CurrentTransaction, body: ContactAttestationBody, response: Response
) -> RecordedAttestationAnswer:
    """Record the monthly contact for the caller's side: officer or provider.

    Each side attests once per month. The same person cannot attest for both sides.
    """
    contact = Contact(Month.parse(body.month), body.contacted_on, body.mode, tuple(body.topics))
    attested = await attest_contact(tx, body.case_id, contact)
    attestation = attested.attestation
    response.headers["Location"] = f"/v1/cases/{attestation.case_id}/contact-months"
    return RecordedAttestationAnswer(
        contact_attestation_id=attestation.id,
        case_id=attestation.case_id,
        month=str(contact.month),
        side=attestation.side,
        month_state=attested.month_state,
    )


@router.get(
    "/cases/{case_id}/contact-months",
    operation_id="list_contact_months",
    dependencies=[allow(*READERS)],
)
async def get_contact_months(tx: CurrentTransaction, case_id: UUID) -> Page[ContactMonthAnswer]:
    """List the months from the first team's month to the current one, with both attestations.

    The list is always one page. It is empty if the case never had a team.
    """
    months = await list_contact_months(tx, case_id)
    return Page(items=[_month(each) for each in months])


def _month(found: ContactMonth) -> ContactMonthAnswer:
    return ContactMonthAnswer(
        month=str(found.month),
        state=found.state,
        officer=_attestation(found.of_side(Side.OFFICER)),
        provider=_attestation(found.of_side(Side.PROVIDER)),
    )


def _attestation(found: Attestation | None) -> AttestationAnswer | None:
    if found is None:
        return None
    return AttestationAnswer(
        contact_attestation_id=found.id,
        contacted_on=found.contact.contacted_on,
        mode=found.contact.mode,
        topics=list(found.contact.topics),
        attested_at=found.attested_at,
    )

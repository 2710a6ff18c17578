"""Contact attestations, and the months they add up to."""

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


class ContactAttestationBody(RequestBody):
    """One side's word for the contact of a month."""

    case_id: UUID
    month: MonthText = Field(examples=["2026-11"])
    contacted_on: Day
    mode: Mode
    topics: list[Topic] = Field(
        min_length=1, max_length=len(Topic), json_schema_extra={"uniqueItems": True}
    )

    @field_validator("topics")
    @classmethod
    def _each_once(cls, topics: list[Topic]) -> list[Topic]:
        if len(set(topics)) != len(topics):
            raise ValueError("names a topic more than once")
        return topics


class RecordedAttestationAnswer(BaseModel):
    """The new attestation, and what its month adds up to now."""

    contact_attestation_id: UUID
    case_id: UUID
    month: str
    side: Side
    month_state: MonthState


class AttestationAnswer(BaseModel):
    """What one side documented."""

    contact_attestation_id: UUID
    contacted_on: date
    mode: Mode
    topics: list[Topic]
    attested_at: datetime


class ContactMonthAnswer(BaseModel):
    """One month with the word of each side, null where it is missing."""

    month: str
    state: MonthState
    officer: AttestationAnswer | None
    provider: AttestationAnswer | None


@router.post(
    "/contact-attestations",
    operation_id="attest_contact",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OFFICER, Role.PROVIDER)],
)
async def post_contact_attestation(
    tx: CurrentTransaction, body: ContactAttestationBody, response: Response
) -> RecordedAttestationAnswer:
    """Document the contact of a month for your side."""
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
    """List every month since the first team, with what each side documented; always one page."""
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

"""Both sides of a notice, for the operator who decides whose it is."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from doj_gateway.use_cases.compare_notice import Comparison, NearCase


class SaidAnswer(BaseModel):
    """One wording of DOJ's. A part is null if DOJ wrote nothing that is text."""

    version: int
    received_at: datetime
    instrument: str | None
    assessed_on: str | None
    seen_at: str | None
    cii_number: str | None
    birth_date: str | None
    family_name: str | None


class NearCaseAnswer(BaseModel):
    """A case whose person comes close to DOJ's identifiers, as recorded here."""

    case_id: UUID
    cii_number: str
    birth_date: date
    family_name: str
    given_name: str


class OpenExpectationAnswer(BaseModel):
    """A score that is expected at DOJ and not seen there yet."""

    expectation_id: UUID
    case_id: UUID
    agency: str = Field(description="Code of the agency that supervised the case.")
    instrument: str
    assessed_on: date


class ComparisonAnswer(BaseModel):
    """What DOJ wrote, and what is here."""

    notice_id: UUID
    doj_side: list[SaidAnswer] = Field(description="DOJ's wordings, the newest first.")
    our_side: list[NearCaseAnswer] = Field(
        description="The cases of the person who has the CII number. Empty if nobody here has it."
    )
    expectations: list[OpenExpectationAnswer] = Field(
        description="Scores that the notice may be about: those of these cases, then those "
        "assessed within 14 days."
    )


def comparison_answer(found: Comparison) -> ComparisonAnswer:
    """Shape the answer."""
    return ComparisonAnswer(
        notice_id=found.notice.id,
        doj_side=[
            SaidAnswer(version=each.number, received_at=each.received_at, **each.said.__dict__)
            for each in found.versions
        ],
        our_side=[_near(each) for each in found.near_cases],
        expectations=[
            OpenExpectationAnswer(
                expectation_id=each.id,
                case_id=each.case_id,
                agency=each.agency,
                instrument=each.instrument,
                assessed_on=each.assessed_on,
            )
            for each in found.expectations
        ],
    )


def _near(near: NearCase) -> NearCaseAnswer:
    person = near.person
    return NearCaseAnswer(
        case_id=near.case_id,
        cii_number=person.cii_number,
        birth_date=person.birth_date,
        family_name=person.family_name,
        given_name=person.given_name,
    )

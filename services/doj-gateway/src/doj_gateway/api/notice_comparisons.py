"""Response models that compare a DOJ notice with the persons and scores recorded here."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from doj_gateway.use_cases.compare_notice import Comparison, NearCase


class SaidAnswer(BaseModel):
    """One version of a notice, exactly as DOJ wrote it. A missing or non-text field is null."""

    version: int = Field(description="1 for the first version; each correction by DOJ adds 1.")
    received_at: datetime = Field(description="When this version arrived.")
    instrument: str | None
    assessed_on: str | None = Field(description="Day of scoring.")
    seen_at: str | None = Field(description="When DOJ saw the score.")
    cii_number: str | None
    birth_date: str | None
    family_name: str | None


class NearCaseAnswer(BaseModel):
    """A case of a recorded person whose identifiers are close to those in the notice."""

    case_id: UUID
    cii_number: str = Field(description="CII number: DOJ's identifier of the person.")
    birth_date: date
    family_name: str
    given_name: str


class OpenExpectationAnswer(BaseModel):
    """A score that DOJ has not seen yet and that the notice may be about."""

    expectation_id: UUID = Field(description="Send it to match the notice to this score.")
    case_id: UUID
    agency: str = Field(
        description="Code of the agency that supervised the case when it was scored."
    )
    instrument: str = Field(description="Code of the risk assessment instrument.")
    assessed_on: date = Field(description="Day of scoring.")


class ComparisonAnswer(BaseModel):
    """All versions of a DOJ notice beside the persons and scores that it may be about."""

    notice_id: UUID
    doj_side: list[SaidAnswer] = Field(description="All versions of the notice, newest first.")
    our_side: list[NearCaseAnswer] = Field(
        description="Cases of the recorded person with this CII number. Empty if no person has it."
    )
    expectations: list[OpenExpectationAnswer] = Field(
        description="Scores that the notice may be about: first those of the cases above, then "
        "other scores of the 14 days before and after the day in the notice."
    )


def comparison_answer(found: Comparison) -> ComparisonAnswer:
    """Build the response model of a comparison."""
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

"""What the API says of cases: the whole file to the agency, no conviction to the team."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from supervision.domain.cases import Case, SupervisionType
from supervision.domain.placements import Placement, Static99R
from supervision.use_cases.show_case import CaseFile


class CaseAnswer(BaseModel):
    """A case without what tells of the conviction."""

    case_id: UUID
    person_id: UUID
    supervision_type: SupervisionType
    agency: str
    unit: str | None
    officer_id: UUID
    starts_on: date
    expected_end_on: date | None
    placement_on: date
    county_of_residence: str
    opened_at: datetime


class ConvictionAnswer(BaseModel):
    """Criminal history, for the agency alone."""

    case_number: str
    sentenced_on: date
    county_of_conviction: str
    another_because: str | None = Field(
        description="Why this is another case of the same person under the same case number. Null "
        "if it is the first or only one."
    )


class PlacementAnswer(BaseModel):
    """The day of placement, and whether the Static-99R was there by then."""

    placement_id: UUID
    case_id: UUID
    placed_on: date
    static_99r: Static99R = Field(
        description="Whether the earliest Static-99R known now was assessed by the day of "
        "placement: `recorded`, or `recorded-late` if after it, or `missing` if none is known."
    )
    static_99r_assessed_on: date | None = Field(
        description="The day on which it was assessed. Null if none is known."
    )
    recorded_at: datetime


class CaseFileAnswer(CaseAnswer):
    """A case; `conviction` is null for those outside the agency."""

    conviction: ConvictionAnswer | None
    placement: PlacementAnswer | None


def case_answer(case: Case) -> CaseAnswer:
    """Shape a case."""
    return CaseAnswer(
        case_id=case.id,
        person_id=case.person_id,
        supervision_type=case.supervision_type,
        agency=case.agency,
        unit=case.unit,
        officer_id=case.officer_id,
        starts_on=case.dates.starts_on,
        expected_end_on=case.dates.expected_end_on,
        placement_on=case.dates.placement_on,
        county_of_residence=case.county_of_residence,
        opened_at=case.opened_at,
    )


def case_file_answer(file: CaseFile) -> CaseFileAnswer:
    """Shape a case with what else was read of it."""
    conviction = ConvictionAnswer(**file.conviction.__dict__) if file.conviction else None
    return CaseFileAnswer(
        **case_answer(file.case).model_dump(),
        conviction=conviction,
        placement=placement_answer(file.placement) if file.placement else None,
    )


def placement_answer(placement: Placement) -> PlacementAnswer:
    """Shape a placement."""
    return PlacementAnswer(
        placement_id=placement.id,
        case_id=placement.case_id,
        placed_on=placement.placed_on,
        static_99r=placement.static_99r,
        static_99r_assessed_on=placement.static_99r_assessed_on,
        recorded_at=placement.recorded_at,
    )

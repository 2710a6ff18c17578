"""Response models of cases. The conviction is shown to the agency, not to the team."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from supervision.domain.cases import Case, SupervisionType
from supervision.domain.placements import Placement, Static99R
from supervision.use_cases.show_case import CaseFile


class CaseAnswer(BaseModel):
    """A case, without the fields that describe the conviction."""

    case_id: UUID
    person_id: UUID = Field(description="ID of the person under supervision.")
    supervision_type: SupervisionType
    agency: str = Field(description="Code of the agency that supervises the case.")
    unit: str | None = Field(
        description="Code of the unit that supervises the case. Null if the case has no unit."
    )
    officer_id: UUID = Field(description="ID of the supervising officer.")
    starts_on: date = Field(description="First day of supervision.")
    expected_end_on: date | None = Field(
        description="Day on which supervision is expected to end. Null if no end is known."
    )
    placement_on: date = Field(
        description="Planned day of placement, as given when the case was opened. The actual day "
        "is in the recorded placement."
    )
    county_of_residence: str = Field(description="California county in which the person lives.")
    opened_at: datetime = Field(description="When the case was recorded in this system.")


class ConvictionAnswer(BaseModel):
    """Criminal history of a case. Only the supervising agency and auditors see it."""

    case_number: str = Field(description="Court case number of the conviction.")
    sentenced_on: date = Field(description="Day of the sentence.")
    county_of_conviction: str = Field(description="California county of the conviction.")
    another_because: str | None = Field(
        description="Why the agency has more than one case of this person under this case number. "
        "Null if this is the first or only one."
    )


class PlacementAnswer(BaseModel):
    """A recorded placement, and whether the Static-99R was scored by then."""

    placement_id: UUID
    case_id: UUID
    placed_on: date = Field(description="Day on which the person was placed on supervision.")
    static_99r: Static99R = Field(
        description="Compares the day of placement with the earliest Static-99R known now. "
        "`recorded`: scored on or before the day of placement. `recorded-late`: scored after it. "
        "`missing`: no Static-99R is known."
    )
    static_99r_assessed_on: date | None = Field(
        description="Day on which the earliest known Static-99R was scored. Null if none is known."
    )
    recorded_at: datetime = Field(description="When the placement was recorded in this system.")


class CaseFileAnswer(CaseAnswer):
    """A case with its conviction and its placement."""

    conviction: ConvictionAnswer | None = Field(
        description="Criminal history. Null if the caller is neither of the supervising agency nor "
        "an auditor."
    )
    placement: PlacementAnswer | None = Field(
        description="The recorded placement. Null until the placement is recorded."
    )


def case_answer(case: Case) -> CaseAnswer:
    """Build the response model of a case."""
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
    """Build the response model of a case with its conviction and placement."""
    conviction = ConvictionAnswer(**file.conviction.__dict__) if file.conviction else None
    return CaseFileAnswer(
        **case_answer(file.case).model_dump(),
        conviction=conviction,
        placement=placement_answer(file.placement) if file.placement else None,
    )


def placement_answer(placement: Placement) -> PlacementAnswer:
    """Build the response model of a placement."""
    return PlacementAnswer(
        placement_id=placement.id,
        case_id=placement.case_id,
        placed_on=placement.placed_on,
        static_99r=placement.static_99r,
        static_99r_assessed_on=placement.static_99r_assessed_on,
        recorded_at=placement.recorded_at,
    )

"""A case opens under the right agency and with dates that can be."""

from datetime import date

import pytest

from shared.errors import InvalidInputError, RuleBrokenError
from supervision.domain.agencies import AgencyKind
from supervision.domain.cases import (
    BOUND_BY_PROGRAM_DUTIES,
    HELD_BY,
    CaseDates,
    SupervisionType,
    check_opening,
)

TODAY = date(2026, 11, 23)
DATES = CaseDates(
    sentenced_on=date(2026, 10, 1),
    starts_on=date(2026, 12, 1),
    expected_end_on=date(2029, 12, 1),
    placement_on=date(2026, 12, 1),
)


@pytest.mark.parametrize("supervision_type", list(SupervisionType))
def test_each_supervision_opens_under_the_agency_that_holds_it(
    supervision_type: SupervisionType,
) -> None:
    check_opening(supervision_type, HELD_BY[supervision_type], DATES, TODAY)


def test_a_case_may_have_no_expected_end() -> None:
    dates = CaseDates(DATES.sentenced_on, DATES.starts_on, None, DATES.placement_on)

    check_opening(SupervisionType.PAROLE, AgencyKind.PAROLE, dates, TODAY)


def test_parole_under_a_probation_agency_is_refused() -> None:
    with pytest.raises(RuleBrokenError, match="parole is supervised by parole agencies") as refusal:
        check_opening(SupervisionType.PAROLE, AgencyKind.PROBATION, DATES, TODAY)

    assert refusal.value.code == "supervision-held-elsewhere"
    assert refusal.value.faults[0].field == "supervision_type"


def test_every_contradicting_date_is_named() -> None:
    dates = CaseDates(
        sentenced_on=date(2026, 11, 24),
        starts_on=date(2026, 11, 1),
        expected_end_on=date(2026, 11, 1),
        placement_on=date(2026, 11, 2),
    )

    with pytest.raises(InvalidInputError) as refusal:
        check_opening(SupervisionType.PAROLE, AgencyKind.PAROLE, dates, TODAY)

    assert refusal.value.code == "impossible-dates"
    assert [fault.field for fault in refusal.value.faults] == [
        "sentenced_on",
        "starts_on",
        "expected_end_on",
        "placement_on",
    ]


def test_program_duties_bind_formal_probation_and_parole_alone() -> None:
    assert {SupervisionType.FORMAL_PROBATION, SupervisionType.PAROLE} == BOUND_BY_PROGRAM_DUTIES

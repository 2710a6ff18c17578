"""Units are named once, kept while officers work in them, and known before an officer joins."""

from uuid import UUID

import pytest

from shared.errors import ConflictError, InvalidInputError
from supervision.domain.agencies import Agency, AgencyKind, Unit, check_post, check_units

NORTH, SOUTH = Unit("north", "North"), Unit("south", "South")
AGENCY = Agency(
    id=UUID(int=1),
    code="yolo-probation",
    name="Yolo County Probation",
    kind=AgencyKind.PROBATION,
    county="Yolo",
    units=(NORTH,),
    version=1,
)


def test_units_may_be_added_and_empty_ones_left_out() -> None:
    check_units([NORTH, SOUTH], {"north"})


def test_a_unit_named_twice_is_refused_by_its_code() -> None:
    with pytest.raises(InvalidInputError, match="listed more than once: north") as refused:
        check_units([NORTH, SOUTH, NORTH], set())

    assert refused.value.code == "unit-named-twice"


def test_a_unit_with_officers_is_not_left_out() -> None:
    with pytest.raises(ConflictError, match="cannot be removed: south"):
        check_units([NORTH], {"north", "south"})


@pytest.mark.parametrize("unit", [None, "north"])
def test_an_officer_works_in_a_unit_of_the_agency_or_in_none(unit: str | None) -> None:
    check_post(AGENCY, unit)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="yolo-probation has no unit south") as refused:
        check_post(AGENCY, "south")

    assert refused.value.code == "unknown-unit"

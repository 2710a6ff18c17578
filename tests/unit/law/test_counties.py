"""The 58 counties."""

import pytest

from shared.counties import all_counties, county
from shared.errors import InvalidInputError


def test_california_has_58_counties_with_codes_and_names_of_their_own() -> None:
    counties = all_counties()

    assert len(counties) == 58
    assert len({each.fips for each in counties}) == 58
    assert len({each.name for each in counties}) == 58


@pytest.mark.parametrize("asked", ["06067", "Sacramento", "SACRAMENTO", " sacramento "])
def test_a_county_is_found_by_code_or_by_name_in_any_case(asked: str) -> None:
    assert county(asked).name == "Sacramento"


@pytest.mark.parametrize("asked", ["", "Springfield", "067", "06002", "Los  Gatos"])
def test_an_unknown_county_is_refused_by_name(asked: str) -> None:
    with pytest.raises(InvalidInputError, match="is not a county of California") as refused:
        county(asked)

    assert refused.value.code == "unknown-county"

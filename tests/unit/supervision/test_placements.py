"""The Static-99R comes before placement, late, or not at all."""

from datetime import date

import pytest

from shared.errors import Fault, InvalidInputError
from supervision.domain.placements import Static99R, check_placement, static_99r_at

PLACED_ON = date(2026, 11, 23)
SENTENCED_ON = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("assessed_on", "expected"),
    [
        (None, Static99R.MISSING),
        (date(2026, 11, 1), Static99R.RECORDED),
        (PLACED_ON, Static99R.RECORDED),
        (date(2026, 11, 24), Static99R.RECORDED_LATE),
    ],
)
def test_the_static_99r_is_judged_by_the_day_of_placement(
    assessed_on: date | None, expected: Static99R
) -> None:
    assert static_99r_at(PLACED_ON, assessed_on) is expected


def test_a_placement_between_sentence_and_today_is_taken() -> None:
    check_placement(PLACED_ON, SENTENCED_ON, PLACED_ON)


def test_a_placement_in_the_future_is_refused() -> None:
    with pytest.raises(InvalidInputError) as refused:
        check_placement(date(2026, 11, 24), SENTENCED_ON, PLACED_ON)

    assert refused.value.code == "impossible-placement"
    assert refused.value.faults == (Fault("placed_on", "must not be in the future"),)


def test_a_placement_before_the_sentence_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="must not be before the sentence"):
        check_placement(date(2026, 9, 30), SENTENCED_ON, PLACED_ON)

"""Dates and ends of days as Californians live them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shared.clock import SystemClock, california_date, end_of_day
from shared.testing.clocks import FixedClock


def test_the_evening_in_california_is_still_the_same_day_when_utc_has_gone_on() -> None:
    assert california_date(datetime(2026, 11, 21, 7, 59, tzinfo=UTC)) == date(2026, 11, 20)
    assert california_date(datetime(2026, 11, 21, 8, 0, tzinfo=UTC)) == date(2026, 11, 21)


def test_an_instant_without_a_zone_has_no_date() -> None:
    with pytest.raises(ValueError, match="time zone"):
        california_date(datetime(2026, 11, 20))  # noqa: DTZ001 - the case under test


@pytest.mark.parametrize(
    ("day", "ended"),
    [
        (date(2026, 3, 7), datetime(2026, 3, 8, 8, tzinfo=UTC)),
        (date(2026, 3, 8), datetime(2026, 3, 9, 7, tzinfo=UTC)),
        (date(2026, 10, 31), datetime(2026, 11, 1, 7, tzinfo=UTC)),
        (date(2026, 11, 1), datetime(2026, 11, 2, 8, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_local_midnight_on_both_sides_of_a_clock_change(
    day: date, ended: datetime
) -> None:
    assert end_of_day(day) == ended


def test_the_clock_of_the_machine_tells_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_a_fixed_clock_tells_what_it_was_given() -> None:
    clock = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))

    clock.set(datetime(2026, 11, 20, 10, tzinfo=UTC))
    clock.advance(timedelta(hours=23))

    assert clock.now() == datetime(2026, 11, 21, 9, tzinfo=UTC)

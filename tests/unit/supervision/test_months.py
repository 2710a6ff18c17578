"""Months follow each other across the year's end."""

from datetime import date

import pytest

from supervision.domain.months import Month, months_through


def test_a_month_is_written_and_read_alike() -> None:
    assert str(Month.parse("2026-11")) == "2026-11"


@pytest.mark.parametrize("text", ["2026-13", "2026", "November 2026"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Month.parse(text)


def test_months_run_over_the_end_of_the_year() -> None:
    months = months_through(Month(date(2026, 11, 1)), Month(date(2027, 2, 1)))

    assert [str(month) for month in months] == ["2026-11", "2026-12", "2027-01", "2027-02"]


def test_there_are_no_months_between_crossed_ends() -> None:
    assert not list(months_through(Month(date(2026, 12, 1)), Month(date(2026, 11, 1))))


def test_a_month_holds_its_last_day_and_not_the_next() -> None:
    november = Month.of(date(2026, 11, 15))

    assert november.holds(date(2026, 11, 30))
    assert not november.holds(date(2026, 12, 1))

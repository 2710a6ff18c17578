"""Calendars must reach 400 days ahead, so that a due date can be counted when it is needed."""

from datetime import date, timedelta

import pytest

from shared.clock import SystemClock, california_date
from shared.law.reading.calendar_files import load_calendars, parse_calendar
from shared.law.reading.coverage import coverage_faults

ONE_YEAR = """
name: one-year
title: One year
covered:
  - {first_on: 2026-01-01, last_on: 2026-12-31, source: a test}
"""


def test_the_packaged_calendars_cover_400_days_from_today() -> None:
    today = california_date(SystemClock().now())

    assert coverage_faults(load_calendars().values(), today) == []


def test_a_calendar_that_begins_after_today_is_named() -> None:
    calendar = parse_calendar("one-year", ONE_YEAR.replace("2026-12-31", "2030-12-31"))

    assert len(coverage_faults([calendar], date(2025, 12, 31))) == 1
    assert coverage_faults([calendar], date(2026, 1, 1)) == []


@pytest.mark.parametrize(("days", "faults"), [(400, 0), (399, 1)])
def test_the_400th_day_must_be_covered_and_no_more(days: int, faults: int) -> None:
    years = ONE_YEAR.replace("2026-01-01", "2020-01-01")
    today = date(2026, 12, 31) - timedelta(days=days)

    assert len(coverage_faults([parse_calendar("one-year", years)], today)) == faults


def test_a_fault_says_until_when_and_how_far_it_should_reach() -> None:
    (fault,) = coverage_faults([parse_calendar("one-year", ONE_YEAR)], date(2026, 11, 20))

    assert str(fault) == (
        "calendar one-year covers until 2026-12-31; it must cover until 2027-12-25, 400 days ahead"
    )

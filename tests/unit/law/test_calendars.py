"""When California state offices close (Gov. Code 19853), and how a calendar file is refused."""

from collections import Counter
from datetime import date

import pytest

from shared.law.calendar_files import load_calendars, parse_calendar
from shared.law.calendars import CalendarEndedError
from shared.law.data_file import LawDataError

OFFICES = load_calendars()["state-offices"]
SMALL = """
name: small
title: A small calendar
first_covered_on: 2026-01-01
last_covered_on: 2026-12-31
closures:
  - {name: New Year's Day, month: 1, day: 1, source: Gov. Code 19853}
special_closures:
  - {name: day of mourning, date: 2026-06-15, source: appointed by the Governor}
"""


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 1, 1), "New Year's Day"),
        (date(2026, 1, 19), "Martin Luther King Jr. Day"),
        (date(2026, 2, 16), "Presidents' Day"),
        (date(2025, 3, 31), "Cesar Chavez Day"),
        (date(2026, 3, 31), "Farmworkers Day"),
        (date(2024, 4, 1), "Cesar Chavez Day, observed"),
        (date(2026, 5, 25), "Memorial Day"),
        (date(2027, 5, 31), "Memorial Day"),
        (date(2027, 7, 5), "Independence Day, observed"),
        (date(2026, 9, 7), "Labor Day"),
        (date(2017, 11, 10), "Veterans Day, observed"),
        (date(2018, 11, 12), "Veterans Day, observed"),
        (date(2026, 11, 26), "Thanksgiving Day"),
        (date(2026, 11, 27), "day after Thanksgiving"),
        (date(2019, 11, 29), "day after Thanksgiving"),
        (date(2016, 12, 26), "Christmas Day, observed"),
        (date(2026, 11, 21), "weekend"),
        (date(2026, 7, 4), "weekend"),
    ],
)
def test_a_closed_day_says_why(day: date, reason: str) -> None:
    assert OFFICES.closed_because(day) == reason


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 7, 3),  # the Friday before a Saturday 4 July
        date(2027, 12, 24),  # the Friday before a Saturday Christmas
        date(2021, 12, 31),  # the Friday before a Saturday New Year's Day
        date(2026, 6, 19),  # Juneteenth is elective
        date(2026, 10, 12),  # Columbus Day
        date(2026, 2, 12),  # Lincoln's birthday
        date(2018, 3, 30),  # the Friday before a Saturday Cesar Chavez Day
    ],
)
def test_offices_stay_open_on_elective_days_and_before_saturday_holidays(day: date) -> None:
    assert OFFICES.closed_because(day) is None


def test_a_year_has_eleven_closures_less_those_that_fall_on_a_saturday() -> None:
    by_year = Counter(day.year for day in OFFICES.closures)

    assert (by_year[2025], by_year[2026], by_year[2022]) == (11, 10, 10)
    assert set(by_year) == set(range(2012, 2041))


def test_every_closure_names_its_source() -> None:
    assert all("Gov. Code 19853" in closure.source for closure in OFFICES.closures.values())


@pytest.mark.parametrize("day", [date(2011, 12, 31), date(2041, 1, 1)])
def test_a_day_outside_the_years_covered_is_an_error(day: date) -> None:
    with pytest.raises(CalendarEndedError, match="covers 2012-01-01 to 2040-12-31"):
        OFFICES.closed_because(day)


def test_a_day_appointed_once_is_closed_once() -> None:
    calendar = parse_calendar("small", SMALL)

    assert calendar.closed_because(date(2026, 6, 15)) == "day of mourning"
    assert calendar.closures[date(2026, 6, 15)].source == "appointed by the Governor"
    assert calendar.closed_because(date(2026, 6, 16)) is None


@pytest.mark.parametrize(
    ("wrong", "right", "reason"),
    [
        ("name: small", "name: other", "the file is called small, the calendar other"),
        ("2026-12-31", "2025-12-31", "last_covered_on lies before first_covered_on"),
        ("month: 1, day: 1", "month: 1, weekday: friday, which: 1", "unknown weekday 'friday'"),
        ("month: 1, day: 1", "month: x, day: 1", "month must be a whole number"),
        ("month: 1, day: 1", "month: 1, day: 1, dya: 2", "unknown key dya"),
        (", source: appointed by the Governor", "", "source is missing"),
        ("date: 2026-06-15", "date: soon", "date must be a date"),
        ("title: A small calendar", "title: ''", "title must be a text that is not empty"),
        ("title: A small calendar", "title: [", "not valid YAML"),
    ],
)
def test_a_calendar_that_cannot_be_believed_is_refused_with_place_and_reason(
    wrong: str, right: str, reason: str
) -> None:
    with pytest.raises(LawDataError, match="calendar small") as refused:
        parse_calendar("small", SMALL.replace(wrong, right))

    assert reason in str(refused.value)

"""When California state offices close (Gov. Code 19853), and how a calendar file is refused."""

from collections import Counter
from datetime import date

import pytest

from shared.data_files.data_file import DataFileError
from shared.law.counting.calendars import CalendarEndedError
from shared.law.reading.calendar_files import load_calendars, parse_calendar

OFFICES = load_calendars()["state-offices"]
SMALL = """
name: small
title: A small calendar
covered:
  - {first_on: 2026-01-01, last_on: 2026-12-31, source: a test}
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
        date(2026, 7, 3),  # the Friday before a Saturday, July 4
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


@pytest.mark.parametrize(
    ("weekday", "first"),
    [
        ("monday", date(2026, 1, 5)),
        ("tuesday", date(2026, 1, 6)),
        ("wednesday", date(2026, 1, 7)),
        ("thursday", date(2026, 1, 1)),
        ("friday", date(2026, 1, 2)),
    ],
)
def test_a_holiday_may_be_the_first_of_any_working_weekday(weekday: str, first: date) -> None:
    text = SMALL.replace("month: 1, day: 1", f"month: 1, weekday: {weekday}, which: 1")

    assert parse_calendar("small", text).closed_because(first) == "New Year's Day"


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


ONE_HOLIDAY = "month: 1, day: 1"
THE_YEARS = "  - {first_on: 2026-01-01, last_on: 2026-12-31, source: a test}"


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        (
            "name: small",
            "name: other",
            2,
            "the file is named small, but its calendar is named other",
        ),
        ("title: A small calendar", "title: ''", 3, "title must be a text that is not empty"),
        ("title: A small calendar", "title: [", 5, "not valid YAML"),
        ("title: A", "extends: none\ntitle: A", 3, "extends unknown calendar 'none'"),
        ("title: A", "agencies: [invented]\ntitle: A", 3, "only an overlay of another"),
        (THE_YEARS, "", 2, "covered must list the years that the calendar covers"),
        ("last_on: 2026-12-31", "last_on: 2025-12-31", 5, "last_on must not be before first_on"),
        ("title: A small calendar", "title: A small calendar\nnotes: x", 4, "unknown key notes"),
        (", source: a test", "", 5, "source is missing"),
        (
            THE_YEARS,
            THE_YEARS.replace("12-31", "06-30") + "\n" + THE_YEARS.replace("01-01", "07-02"),
            6,
            "there is a gap between 2026-06-30 and 2026-07-02",
        ),
        (THE_YEARS, f"{THE_YEARS}\n{THE_YEARS}", 6, "there is an overlap between"),
        (ONE_HOLIDAY, "month: 1, weekday: someday, which: 1", 7, "unknown weekday 'someday'"),
        (ONE_HOLIDAY, "month: 1, weekday: friday, which: 5", 7, "which must be 1 to 4, or -1"),
        (ONE_HOLIDAY, "month: 13, weekday: friday, which: 1", 7, "which must be 1 to 4, or -1"),
        (ONE_HOLIDAY, "month: 2, day: 29", 7, "must name a day that exists in every year"),
        (ONE_HOLIDAY, "month: x, day: 1", 7, "month must be a whole number"),
        (ONE_HOLIDAY, "month: 1, day: 1, dya: 2", 7, "unknown key dya"),
        (ONE_HOLIDAY, "month: 1, day: 1, first_year: 2030", 7, "outside the years covered"),
        (ONE_HOLIDAY, "month: 1, day: 1, first_year: 9, last_year: 8", 7, "before first_year"),
        (", source: appointed by the Governor", "", 9, "source is missing"),
        ("date: 2026-06-15", "date: soon", 9, "date must be a date"),
        (
            "date: 2026-06-15",
            "date: 2026-06-14",
            9,
            "2026-06-14 is a weekend, which is already closed",
        ),
        ("date: 2026-06-15", "date: 2027-06-15", 9, "2027-06-15 is outside the years covered"),
        (
            "date: 2026-06-15",
            "date: 2026-01-01",
            9,
            "2026-01-01 is closed twice: New Year's Day and day of mourning",
        ),
    ],
)
def test_a_calendar_that_cannot_be_believed_is_refused_with_line_and_reason(
    wrong: str, right: str, line: int, reason: str
) -> None:
    text = SMALL.replace(wrong, right)

    with pytest.raises(DataFileError, match=f"calendar small, line {line}\\b") as refused:
        parse_calendar("small", text)

    assert text != SMALL
    assert reason in str(refused.value)


TWO_NAMES = """
name: small
title: A holiday under two names
covered:
  - {first_on: 2024-01-01, last_on: 2027-12-31, source: a test}
closures:
  - {name: Old Name, month: 3, day: 31, last_year: 2025, followed_by: New Name, source: a law}
  - {name: New Name, month: 3, day: 31, first_year: 2026, source: a later law}
"""


def test_a_holiday_may_change_its_name_without_a_year_between() -> None:
    calendar = parse_calendar("small", TWO_NAMES)

    assert [each.name for each in calendar.closures.values()] == [
        "Old Name, observed",
        "Old Name",
        "New Name",
        "New Name",
    ]


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        (
            ", followed_by: New Name",
            "",
            7,
            "name the closure in followed_by or the source in ended_by",
        ),
        ("first_year: 2026", "first_year: 2027", 7, "one closure whose first_year is 2026"),
        ("followed_by: New Name", "followed_by: Other", 7, "Other must be one closure"),
        ("first_year: 2026, ", "", 7, "one closure whose first_year is 2026"),
        ("last_year: 2025", "last_year: 2026", 7, "one closure whose first_year is 2027"),
    ],
)
def test_a_holiday_that_stops_in_silence_is_refused(
    wrong: str, right: str, line: int, reason: str
) -> None:
    with pytest.raises(DataFileError, match=f"line {line}, closures 1") as refused:
        parse_calendar("small", TWO_NAMES.replace(wrong, right))

    assert reason in str(refused.value)


def test_a_holiday_that_a_source_ended_needs_no_successor() -> None:
    text = TWO_NAMES.replace("followed_by: New Name", "ended_by: a repeal")

    calendar = parse_calendar("small", text.replace("- {name: New", "# "))

    assert [each.on.year for each in calendar.closures.values()] == [2024, 2025]


def test_a_holiday_is_observed_across_the_turn_of_a_year_but_not_beyond_the_years_covered() -> None:
    years = TWO_NAMES.replace("2027-12-31", "2028-12-31")

    closed = parse_calendar("small", years.replace("month: 3, day", "month: 12, day")).closures

    assert closed[date(2024, 1, 1)].name == "Old Name, observed"  # December 31, 2023 was a Sunday
    assert max(closed) == date(2027, 12, 31)  # the Sunday of 2028 would close a day of 2029

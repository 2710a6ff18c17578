"""A folder laid over the packaged law: what it adds, replaces and may not hold."""

from datetime import date
from pathlib import Path

import pytest

from shared.data_files.data_file import DataFileError
from shared.law.counting.deadlines import deadline
from shared.law.counting.facts import Fact
from shared.law.in_force import load_law
from shared.law.reading.law_library import UnknownCalendarError, law_library

MOURNING = """\
name: state-offices
extends: state-offices
special_closures:
  - {name: day of mourning, date: 2026-11-24, source: appointed by the Governor}
"""
LONGER = """\
name: standards-2012
extends: standards-2012
settings:
  deficiency-answer-days:
    value: 20
    text: In how many days an applicant must answer a deficiency notice
    citation: Configuration of this system, decided for a test
    configured: true
"""
OVERLAY = """\
name: invented-county
title: Invented County
extends: state-offices
agencies: [invented-probation]
closures:
  - {name: Founders' Day, month: 6, day: 19, source: invented for a test}
special_closures:
  - {name: county fair, date: 2026-11-23, source: invented for a test}
open_days:
  - {date: 2026-11-27, source: invented for a test}
  - {closure: Farmworkers Day, source: invented for a test}
"""
MORE_YEARS = """\
name: state-offices
extends: state-offices
covered:
  - {first_on: 2041-01-01, last_on: 2041-12-31, source: checked for a test}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for kind in ("editions", "calendars"):
        (tmp_path / kind).mkdir()
    return tmp_path


def test_a_special_closure_is_a_file_of_a_few_lines(folder: Path) -> None:
    (folder / "calendars" / "state-offices.yaml").write_text(MOURNING)

    law = load_law("standards-2012", str(folder))

    offices = law.calendars["state-offices"]
    assert offices.closed_because(date(2026, 11, 24)) == "day of mourning"
    assert offices.closed_because(date(2026, 11, 26)) == "Thanksgiving Day"
    assert (offices.title, offices.extends) == ("California state offices", None)
    facts = [Fact("receipt", date(2026, 11, 20))]
    assert deadline(law.edition, "dynamic-score-to-doj", facts, law.calendars).due_on == date(
        2026, 12, 2
    )


def test_the_packaged_law_is_left_as_it_is(folder: Path) -> None:
    (folder / "calendars" / "state-offices.yaml").write_text(MOURNING)

    laid_over, packaged = law_library(str(folder)), law_library("")

    assert laid_over.calendar("state-offices").hash != packaged.calendar("state-offices").hash
    assert packaged.calendar("state-offices").closed_because(date(2026, 11, 24)) is None


def test_a_setting_changed_in_the_folder_reaches_the_packaged_rules_and_editions(
    folder: Path,
) -> None:
    (folder / "editions" / "standards-2012.yaml").write_text(LONGER)

    library = law_library(str(folder))

    for name in ("standards-2012", "sb-1473"):
        (regime,) = library.edition(name).rule("answer-deficiency").regimes
        assert (regime.length, regime.text) == (20, "within 20 days of the notice")
    assert library.edition("standards-2012").title == "Board standards, 2012"
    assert "Later law" in (library.edition("standards-2012").notice or "")


def test_an_overlay_counts_for_the_agencies_that_it_names(folder: Path) -> None:
    (folder / "calendars" / "invented-county.yaml").write_text(OVERLAY)
    law = load_law("standards-2012", str(folder))
    facts = [Fact("receipt", date(2026, 11, 20))]

    theirs, others = (
        deadline(law.edition, "dynamic-score-to-doj", facts, law.calendars, agency=agency)
        for agency in ("invented-probation", "other-probation")
    )

    assert (theirs.due_on, others.due_on) == (date(2026, 12, 1), date(2026, 12, 1))
    assert theirs.calendar == law.calendars["invented-county"]
    assert others.calendar == law.calendars["state-offices"]
    assert "November 23, county fair; November 26, Thanksgiving Day." in theirs.explanation.text
    assert "Counted by the calendar of Invented County." in theirs.explanation.text
    assert theirs.explanation.as_json()["calendar"] == "invented-county"
    assert "Counted by the calendar" not in others.explanation.text


def test_an_overlay_adds_days_takes_days_out_and_says_why(folder: Path) -> None:
    (folder / "calendars" / "invented-county.yaml").write_text(OVERLAY)

    county = law_library(str(folder)).calendar("invented-county")

    assert county.closed_because(date(2026, 6, 19)) == "Founders' Day"
    assert county.closed_because(date(2026, 3, 31)) is None
    assert county.closed_because(date(2025, 3, 31)) == "Cesar Chavez Day"
    assert county.closed_because(date(2026, 12, 25)) == "Christmas Day"
    opened = {each.on: each.name for each in county.open_days}
    assert opened[date(2026, 11, 27)] == "day after Thanksgiving"
    assert all(each.source == "invented for a test" for each in county.open_days)


def test_a_closure_added_to_the_state_calendar_closes_the_counties_too(folder: Path) -> None:
    (folder / "calendars" / "invented-county.yaml").write_text(OVERLAY)
    (folder / "calendars" / "state-offices.yaml").write_text(MOURNING)

    county = law_library(str(folder)).calendar("invented-county")

    assert county.closed_because(date(2026, 11, 24)) == "day of mourning"


def test_years_that_are_added_have_the_holidays_of_the_calendar(folder: Path) -> None:
    (folder / "calendars" / "invented-county.yaml").write_text(OVERLAY)
    (folder / "calendars" / "state-offices.yaml").write_text(MORE_YEARS)

    library = law_library(str(folder))

    for name in ("state-offices", "invented-county"):
        calendar = library.calendar(name)
        assert calendar.covers_until == date(2041, 12, 31)
        assert calendar.closed_because(date(2041, 12, 25)) == "Christmas Day"
    assert library.calendar("invented-county").closed_because(date(2041, 6, 19)) == "Founders' Day"


@pytest.mark.parametrize(
    ("wrong", "right", "reason"),
    [
        ("date: 2026-11-27", "date: 2026-11-25", "line 10, open_days 1: 2026-11-25 is not closed"),
        ("Farmworkers Day", "Sunshine Day", "line 11, open_days 2: Sunshine Day is not closed"),
        (
            "month: 6, day: 19",
            "month: 12, day: 25",
            "line 6, closures 1: 2012-12-25 is closed twice",
        ),
        (
            "date: 2026-11-23",
            "date: 2026-11-26",
            "line 8, special_closures 1: 2026-11-26 is closed",
        ),
        ("extends: state-offices", "extends: moon", "line 3: extends unknown calendar 'moon'"),
        ("title: Invented County\n", "", "line 1: title is missing"),
        (", source: invented for a test", "", "source is missing"),
    ],
)
def test_an_overlay_that_contradicts_what_it_extends_is_refused(
    folder: Path, wrong: str, right: str, reason: str
) -> None:
    file = folder / "calendars" / "invented-county.yaml"
    file.write_text(OVERLAY.replace(wrong, right))

    with pytest.raises(DataFileError) as refused:
        load_law("standards-2012", str(folder))

    assert str(refused.value).startswith(str(file))
    assert reason in str(refused.value)


def test_an_agency_has_one_overlay(folder: Path) -> None:
    (folder / "calendars" / "invented-county.yaml").write_text(OVERLAY)
    second = OVERLAY.replace("name: invented-county", "name: second-county")
    (folder / "calendars" / "second-county.yaml").write_text(second)

    with pytest.raises(
        DataFileError, match="invented-probation already has the overlay invented-county"
    ):
        load_law("standards-2012", str(folder))


def test_an_overlay_of_an_overlay_is_refused(folder: Path) -> None:
    (folder / "calendars" / "invented-county.yaml").write_text(OVERLAY)
    above = "name: above\ntitle: Above\nextends: invented-county\nagencies: [another]\n"
    (folder / "calendars" / "above.yaml").write_text(above)

    with pytest.raises(
        DataFileError, match=r"above\.yaml, line 3: invented-county is itself an overlay"
    ):
        load_law("standards-2012", str(folder))


@pytest.mark.parametrize(
    ("place", "text", "reason"),
    [
        ("edition/x.yaml", "", "only the folders editions and calendars are allowed here"),
        ("editions/x.yml", "", "the name of a file of the law must end in .yaml"),
        ("x.yaml", "", "only the folders editions and calendars are allowed here"),
        ("editions/x.yaml", "", "line 1: the file is empty"),
        ("editions/x.yaml", "name: y", "line 1: the file is named x, but its edition is named y"),
        ("editions/x.yaml", "name: x\nextends: y\ntitle: x", "line 2: extends unknown edition 'y'"),
        ("editions/x.yaml", "name: x\nextends: x\ntitle: x", "line 2: extends unknown edition 'x'"),
        ("editions/sb-1473.yaml", "name: sb-1473\ntitle: x", "line 1: an edition must have rules"),
    ],
)
def test_a_folder_that_cannot_be_believed_is_refused(
    folder: Path, place: str, text: str, reason: str
) -> None:
    file = folder / place
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)

    with pytest.raises(DataFileError) as refused:
        load_law("standards-2012", str(folder))

    assert reason in str(refused.value)


def test_two_editions_that_extend_each_other_are_refused(folder: Path) -> None:
    (folder / "editions" / "one.yaml").write_text("name: one\ntitle: One\nextends: two")
    (folder / "editions" / "two.yaml").write_text("name: two\ntitle: Two\nextends: one")

    with pytest.raises(DataFileError, match="line 3: one extends itself"):
        load_law("standards-2012", str(folder))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="none: the folder does not exist"):
        load_law("standards-2012", str(tmp_path / "none"))


def test_the_links_of_a_mounted_config_map_are_passed_over(folder: Path) -> None:
    (folder / "..2026_11_20").mkdir()
    (folder / "editions" / "..data").write_text("anything")

    assert load_law("standards-2012", str(folder)).edition.name == "standards-2012"


def test_a_file_beside_the_library_is_read_as_if_it_lay_in_the_folder(tmp_path: Path) -> None:
    edition, calendar = tmp_path / "standards-2012.yaml", tmp_path / "state-offices.yaml"
    edition.write_text(LONGER)
    calendar.write_text(MOURNING)
    library = law_library("")

    tried = library.edition_at(str(edition))

    assert tried.setting("deficiency-answer-days").whole == 20
    assert library.edition("standards-2012").setting("deficiency-answer-days").whole == 30
    assert date(2026, 11, 24) in library.calendar_at(str(calendar)).closures
    assert library.edition_at("sb-1473") is library.edition("sb-1473")
    assert library.calendar_at("state-offices") is library.calendar("state-offices")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"none\.yaml: No such file"):
        law_library("").edition_at(str(tmp_path / "none.yaml"))


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe")

    with pytest.raises(DataFileError, match=r"bytes\.yaml: the file is not UTF-8"):
        law_library("").calendar_at(str(tmp_path / "bytes.yaml"))


def test_an_unknown_calendar_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownCalendarError, match="the calendars are state-offices"):
        law_library("").calendar("moon")

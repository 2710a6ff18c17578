"""How data files are read: each mistake is named with its file, line, place and reason."""

import pytest

from shared.data_files.data_file import DataFileError, Section, parsed
from shared.law.reading.packaged import packaged_text

NESTED = """\
title: A file
parts:
  - name: first

  - name: second
    length: 5
"""


def refused_by(section: Section) -> str:
    with pytest.raises(DataFileError) as refused:
        section.finish()
    return str(refused.value)


def test_a_list_of_whole_numbers_is_read_in_its_order() -> None:
    assert parsed("here", "codes: [2, 0, 1]").wholes("codes") == (2, 0, 1)


@pytest.mark.parametrize("codes", ["[]", "3", "['1']", "[1, true]"])
def test_what_is_no_list_of_whole_numbers_is_refused(codes: str) -> None:
    with pytest.raises(DataFileError, match="here, line 1: codes must be a list of whole numbers"):
        parsed("here", f"codes: {codes}").wholes("codes")


def test_a_mistake_deep_in_a_file_is_named_with_its_line_and_place() -> None:
    _, second = parsed("here.yaml", NESTED).sections("parts")

    with pytest.raises(DataFileError) as refused:
        second.flag("length")

    assert str(refused.value) == "here.yaml, line 6, parts 2: length must be true or false"


def test_what_is_missing_is_named_with_the_line_of_where_it_belongs() -> None:
    first, _ = parsed("here.yaml", NESTED).sections("parts")

    with pytest.raises(DataFileError) as refused:
        first.whole("length")

    assert str(refused.value) == "here.yaml, line 3, parts 1: length is missing"


def test_a_key_that_nobody_asked_for_is_named_with_its_line() -> None:
    _, second = parsed("here.yaml", NESTED).sections("parts")
    second.text("name")

    assert refused_by(second) == "here.yaml, line 6, parts 2: unknown key length"


def test_a_key_given_twice_is_refused_with_both_lines() -> None:
    doubled = NESTED.replace("    length: 5", "    name: third")

    with pytest.raises(DataFileError) as refused:
        parsed("here.yaml", doubled)

    assert str(refused.value) == "here.yaml, line 6: the key name is used twice, first on line 5"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: [", "here, line 1: not valid YAML"),
        ("a: 1\nb: *nobody", "here, line 2: not valid YAML: found undefined alias"),
        ("a: 1\n---\nb: 2", "here, line 2: not valid YAML"),
        ("", "here, line 1: the file is empty"),
        ("- one\n- two", "here, line 1: must be a mapping"),
        ("one", "here, line 1: must be a mapping"),
        ("? [a, b]\n: c", "here, line 1: a key must be a text"),
        ("a: 1\n<<: no mapping", "here, line 2: not valid YAML"),
        ("a: 1\nb: \x07", "here, line 2: not valid YAML: special characters"),
    ],
)
def test_a_text_that_is_no_file_of_ours_is_refused_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(DataFileError) as refused:
        parsed("here", text)

    assert str(refused.value).startswith(reason)
    assert "\n" not in str(refused.value)


def test_a_list_that_holds_itself_does_not_hold_up_the_reader() -> None:
    with pytest.raises(DataFileError, match="line 1: not valid YAML: found unconstructable"):
        parsed("here", "names: &names [*names]").texts("names")


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2026-02-30", "line 2: day is out of range"),
        ("2026-02-28T10:00:00", "line 2: on must be a date"),
        ("soon", "line 2: on must be a date"),
    ],
)
def test_a_day_must_be_a_date_of_the_calendar(day: str, reason: str) -> None:
    with pytest.raises(DataFileError, match=reason):
        parsed("here", f"title: A day\non: {day}").day("on")


def test_an_anchor_may_stand_for_a_whole_value_and_be_merged() -> None:
    section = parsed("here", "one: &one {name: first, length: 1}\ntwo: {<<: *one, length: 2}")

    two = section.section("two")

    assert (two.text("name"), two.whole("length")) == ("first", 2)


@pytest.mark.parametrize(
    ("value", "read"), [("12", 12), ("as-recorded", "as-recorded"), ("[a, b]", ("a", "b"))]
)
def test_a_value_may_be_a_number_a_text_or_a_list(value: str, read: object) -> None:
    assert parsed("here", f"value: {value}").whole_or_texts("value") == read


def test_a_missing_data_file_is_named() -> None:
    with pytest.raises(DataFileError, match=r"editions/none\.yaml: the file does not exist"):
        packaged_text("editions/none.yaml")

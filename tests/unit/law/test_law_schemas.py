"""The schemas of the law's files: the packaged ones fit, and what has a wrong shape does not."""

import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

import jsonschema
import pytest
import yaml

from shared.data_files.data_file import DataFileError
from shared.law.counting.notices import OWNER, RECIPIENTS
from shared.law.reading.calendar_files import load_calendars, parse_calendar
from shared.law.reading.packaged import packaged_names, packaged_text
from shared.law.reading.rulebook import parse_edition
from unit.law.small_editions import SMALL

CALENDAR = """
name: small
title: A small calendar
covered:
  - {first_on: 2026-01-01, last_on: 2026-12-31, source: a test}
closures:
  - {name: New Year's Day, month: 1, day: 1, source: a law}
special_closures:
  - {name: day of mourning, date: 2026-06-15, source: a decree}
"""


def schema(kind: str) -> jsonschema.Draft202012Validator:
    text = files("shared.law").joinpath("data", f"{kind}.schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def as_json(text: str) -> object:
    """As an editor's schema check sees a YAML file: dates are texts there."""
    loaded = yaml.safe_load(text)
    return json.loads(json.dumps(loaded, default=date.isoformat))


def packaged(kind: str) -> Iterator[str]:
    return (packaged_text(f"{kind}s/{name}.yaml") for name in packaged_names(f"{kind}s"))


@pytest.mark.parametrize("kind", ["edition", "calendar"])
def test_a_schema_is_one_and_the_packaged_files_fit_it(kind: str) -> None:
    validator = schema(kind)

    validator.check_schema(validator.schema)
    for text in packaged(kind):
        validator.validate(as_json(text))


def test_the_roles_of_the_schema_are_the_roles_that_the_reader_knows() -> None:
    roles = json.loads(json.dumps(schema("edition").schema))["$defs"]["owing_role"]["enum"]

    assert set(roles) == RECIPIENTS - {OWNER}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("        citation: a source\n", ""),
        ("citation: a source", "citation: ' '"),
        ("length: 5", "length: 0"),
        ("length: 5", "length: five"),
        ("length: 5", "length_setting: days-open\n        length: 5"),
        ("        length: 5\n", ""),
        ("        calendar: state-offices\n", ""),
        ("unit: calendar-days", "unit: fortnights"),
        ("unit: calendar-days", "unit: months"),
        ("owner: officer", "owner: oficer"),
        ("owner: officer", "owner: []"),
        ("title: send", "title: send\n    remark: x"),
        ("title: A small edition", "title: A small edition\nnotes: x"),
        ("title: A small edition\n", ""),
        ("days_before: 2}", "days_before: -2}"),
        ("days_before: 2}", "days_before: 2, days_after: 1}"),
        ("- {to: owner, days_before: 2}", "- owner"),
        ("effective_from: 2012-01-01", "effective_from: soon"),
        ("configured: true", "configured: false"),
        ("value: 20", "value: []"),
        ("regimes:", "regimes: []\n    exemptions: []\n    unread:"),
        ("pause: pause", "pause: pause\n        pause_setting: days-open"),
    ],
)
def test_an_edition_of_a_wrong_shape_fits_neither_schema_nor_reader(wrong: str, right: str) -> None:
    text = SMALL.replace(wrong, right)

    assert schema("edition").is_valid(as_json(SMALL))
    assert not schema("edition").is_valid(as_json(text))
    with pytest.raises(DataFileError):
        parse_edition("small", text, load_calendars())


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (", source: a decree", ""),
        (", source: a law", ""),
        (", source: a test", ""),
        ("date: 2026-06-15", "date: soon"),
        ("month: 1, day: 1", "month: 13, day: 1"),
        ("month: 1, day: 1", "month: 1, day: 1, which: 1"),
        ("month: 1, day: 1", "month: 1, weekday: monday, which: 5"),
        ("month: 1, day: 1", "month: 1, weekday: sunday, which: 1"),
        ("month: 1, day: 1", "month: 1, day: 1, on_saturday: monday-after"),
        ("title: A", "agencies: [invented]\ntitle: A"),
        ("title: A", "open_days: [{date: 2026-01-01, source: a test}]\ntitle: A"),
        ("title: A small calendar\n", ""),
        ("covered:\n  - {first_on: 2026-01-01, last_on: 2026-12-31, source: a test}\n", ""),
    ],
)
def test_a_calendar_of_a_wrong_shape_fits_neither_schema_nor_reader(wrong: str, right: str) -> None:
    text = CALENDAR.replace(wrong, right)

    assert schema("calendar").is_valid(as_json(CALENDAR))
    assert not schema("calendar").is_valid(as_json(text))
    with pytest.raises(DataFileError):
        parse_calendar("small", text)

"""Editions and calendars by their content: what is kept can be built again, hash and all."""

import json
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.law.counting.calendars import Calendar, Closure, Coverage, OpenDay
from shared.law.counting.edition_settings import Setting
from shared.law.counting.notices import Notice, NoticeKind
from shared.law.counting.rules import (
    CountingUnit,
    Edition,
    Exemption,
    PausePolicy,
    Regime,
    RegimeSpan,
    Rule,
)
from shared.law.reading.calendar_files import load_calendars
from shared.law.reading.content_reading import calendar_of, edition_of
from shared.law.reading.rulebook import load_edition, parse_edition
from unit.law.small_editions import SMALL

WORDS = st.text(min_size=1, max_size=12)
DAYS = st.dates()
CLOSURES = st.builds(Closure, DAYS, WORDS, WORDS)
CALENDARS = st.builds(
    Calendar,
    name=WORDS,
    title=WORDS,
    covered=st.lists(st.builds(Coverage, DAYS, DAYS, WORDS), min_size=1, max_size=3).map(tuple),
    closures=st.lists(CLOSURES, max_size=4).map(
        lambda closures: MappingProxyType({each.on: each for each in closures})
    ),
    extends=st.none() | WORDS,
    agencies=st.lists(WORDS, max_size=2).map(tuple),
    open_days=st.lists(st.builds(OpenDay, DAYS, WORDS, WORDS), max_size=2).map(tuple),
)
SPANS = st.builds(RegimeSpan, WORDS, DAYS, st.none() | DAYS)
REGIMES = st.builds(
    Regime,
    name=WORDS,
    span=SPANS,
    owners=st.lists(WORDS, min_size=1, max_size=2).map(tuple),
    start=WORDS,
    length=st.integers(0, 400),
    unit=st.sampled_from(CountingUnit),
    calendar=st.none() | WORDS,
    rolls_forward=st.booleans(),
    pause=st.sampled_from(PausePolicy),
    notices=st.lists(
        st.builds(Notice, st.sampled_from(NoticeKind), WORDS, st.integers(0, 99)), max_size=3
    ).map(tuple),
    text=WORDS,
    citation=WORDS,
    configured=st.booleans(),
    provisional=st.booleans(),
    note=st.none() | WORDS,
)
RULES = st.builds(
    Rule,
    name=WORDS,
    title=WORDS,
    regimes=st.lists(REGIMES, max_size=2).map(tuple),
    exemptions=st.lists(st.builds(Exemption, SPANS, WORDS, WORDS), max_size=2).map(tuple),
)
SETTINGS = st.builds(
    Setting,
    name=WORDS,
    value=st.integers(0, 99) | WORDS | st.lists(WORDS, min_size=1, max_size=3).map(tuple),
    text=WORDS,
    citation=WORDS,
    configured=st.booleans(),
    provisional=st.booleans(),
)
EDITIONS = st.builds(
    Edition,
    name=WORDS,
    title=WORDS,
    notice=st.none() | WORDS,
    fact_words=st.dictionaries(WORDS, WORDS, max_size=3).map(MappingProxyType),
    settings=st.dictionaries(WORDS, SETTINGS, max_size=2).map(MappingProxyType),
    rules=st.dictionaries(WORDS, RULES, max_size=2).map(MappingProxyType),
)


@given(EDITIONS)
def test_an_edition_is_built_again_from_its_content(edition: Edition) -> None:
    again = edition_of(edition.content)

    assert again == edition
    assert (again.content, again.hash) == (edition.content, edition.hash)


@given(CALENDARS)
def test_a_calendar_is_built_again_from_its_content(calendar: Calendar) -> None:
    again = calendar_of(calendar.content)

    assert again == calendar
    assert again.closures == calendar.closures
    assert again.covered == calendar.covered
    assert (again.extends, again.agencies) == (calendar.extends, calendar.agencies)


@pytest.mark.parametrize("name", ["standards-2012", "sb-1473"])
def test_a_packaged_edition_is_built_again_with_all_it_says(name: str) -> None:
    edition = load_edition(name)

    assert edition_of(edition.content) == edition


def test_the_packaged_calendar_is_built_again_with_all_it_says() -> None:
    offices = load_calendars()["state-offices"]

    assert calendar_of(offices.content) == offices


def test_the_hash_follows_what_is_said_and_not_how_it_is_written() -> None:
    calendars = load_calendars()
    head, _, rules = SMALL.partition("rules:\n")

    same = parse_edition("small", f"# a remark\nrules:\n{rules}{head}", calendars)

    assert same.hash == parse_edition("small", SMALL, calendars).hash


@pytest.mark.parametrize(
    ("said", "otherwise"),
    [
        ("length: 6", "length: 7"),
        ("days_before: 2", "days_before: 3"),
        ("value: 20", "value: 21"),
        ("receipt: Received", "receipt: Came in"),
        ("citation: a source", "citation: another page"),
        ("title: A small edition", "title: A small edition\nnotice: Take care."),
    ],
)
def test_another_word_anywhere_is_another_hash(said: str, otherwise: str) -> None:
    calendars = load_calendars()

    one = parse_edition("small", SMALL, calendars)
    other = parse_edition("small", SMALL.replace(said, otherwise), calendars)

    assert one.hash != other.hash


def test_a_closure_by_another_source_is_another_calendar() -> None:
    offices = load_calendars()["state-offices"]
    first = min(offices.closures)
    changed = {**offices.closures, first: replace(offices.closures[first], source="a test")}

    other = replace(offices, closures=MappingProxyType(changed))

    assert other != offices
    assert other.hash != offices.hash


def test_the_content_is_json_that_anyone_can_read() -> None:
    kept = json.loads(load_edition("standards-2012").content)

    assert kept["rules"]["dynamic-score-to-doj"]["regimes"][0]["length"] == 5
    assert kept["settings"]["appeal-open-days"]["configured"] is True

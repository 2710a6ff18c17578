"""The instruments' files: what they say, and that one which contradicts itself is refused."""

from datetime import date

import pytest

from scoring.domain.instrument_files import load_instruments, parse_instrument
from scoring.domain.instruments import InstrumentKind, UnknownInstrumentError
from shared.data_files.data_file import DataFileError

SOUND = """
code: test-tool
version: "1"
title: Test tool
kind: static
effective_from: 2012-07-01
source: made for tests
scored_by: officer
agency_kinds: [probation]
computation: sum
decimals: 0
total: {least: 0, greatest: 3}
items:
  - {code: item-1, domain: one, allowed: [0, 1]}
  - {code: item-2, domain: two, least: 0, greatest: 2}
levels:
  - {code: low, least: 0, greatest: 1}
  - {code: high, least: 2, greatest: 3}
"""
MEANS = SOUND.replace("computation: sum", "computation: sum-of-domain-means").replace(
    "{code: item-2, domain: two, least: 0, greatest: 2}",
    "{code: item-2, domain: two, allowed: [0, 1]}",
)
RECORDED = SOUND[: SOUND.index("levels:")] + "levels: []\nrecorded_levels: [low, high]\n"


def test_every_packaged_definition_loads_and_says_whether_it_is_provisional() -> None:
    found = {each.code: each.is_provisional for each in load_instruments().versions}

    assert found == {"static-99r": False, "sra-fv": True, "ls-cmi": True}


def test_no_definition_carries_words_for_its_items() -> None:
    codes = [item.code for each in load_instruments().versions for item in each.items]

    assert len(codes) == 28
    assert all(len(code) <= len("relational-style-4") and " " not in code for code in codes)


def test_the_dynamic_and_violence_scores_are_shared_and_the_static_is_not() -> None:
    shared = {each.kind: each.is_shared for each in load_instruments().versions}

    assert shared == {
        InstrumentKind.STATIC: False,
        InstrumentKind.DYNAMIC: True,
        InstrumentKind.VIOLENCE: True,
    }


def test_the_version_in_force_is_chosen_by_the_day_of_scoring() -> None:
    instruments = load_instruments()

    assert instruments.on("sra-fv", date(2012, 7, 1)).version == "1"
    assert instruments.version("sra-fv", "1").code == "sra-fv"
    assert len(instruments.in_force(date(2026, 11, 20))) == 3


@pytest.mark.parametrize(
    ("code", "day"), [("sra-fv", date(2012, 6, 30)), ("tea-leaves", date(2026, 11, 20))]
)
def test_an_instrument_not_in_force_that_day_is_named(code: str, day: date) -> None:
    with pytest.raises(UnknownInstrumentError) as refused:
        load_instruments().on(code, day)

    assert refused.value.code == "unknown-instrument"
    assert refused.value.faults[0].field == "instrument"
    assert "ls-cmi, sra-fv, static-99r" in refused.value.detail


def test_a_sound_definition_is_read() -> None:
    instrument = parse_instrument("test-tool.yaml", SOUND)

    assert instrument.items[1].allowed == (0, 1, 2)
    assert [level.code for level in instrument.levels] == ["low", "high"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (SOUND + "unknown: 1", "unknown key unknown"),
        (SOUND.replace("allowed: [0, 1]", "allowed: [0, 1], allows: [2]"), "unknown key allows"),
        (SOUND.replace("kind: static", "kind: guess"), "unknown kind"),
        (SOUND.replace("allowed: [0, 1]", "allowed: [0, 0]"), "allowed codes without duplicates"),
        (SOUND.replace("allowed: [0, 1]", "allowed: []"), "list of whole numbers"),
        (SOUND.replace("allowed: [0, 1]", "allowed: [0, true]"), "list of whole numbers"),
        (SOUND.replace("least: 0, greatest: 2}", "least: 2, greatest: 0}"), "without duplicates"),
        (SOUND.replace("item-2", "item-1"), "each item code must be unique"),
        (SOUND.replace("agency_kinds: [probation]", ""), "agency_kinds must list"),
        (SOUND.replace("total: {least: 0", "total: {least: 1"), "lowest and highest sum"),
        (SOUND.replace("{code: high, least: 2", "{code: high, least: 3"), "must begin at 2"),
        (SOUND.replace("least: 0, greatest: 1}", "least: 0, greatest: -1}"), "not end before"),
        (
            SOUND.replace("least: 2, greatest: 3}", "least: 2, greatest: 2}"),
            "must end at the greatest total",
        ),
        (SOUND.replace("decimals: 0", "decimals: 2"), "decimals must be 0"),
        (SOUND + "recorded_levels: [low]", "and not both"),
        (SOUND[: SOUND.index("levels:")] + "levels: []", "either levels or recorded_levels"),
        (RECORDED.replace("[low, high]", "[low, low]"), "must not contain a code more than once"),
        (MEANS.replace("domain: one, ", ""), "every item must have a domain"),
        (MEANS.replace("[0, 1]", "[0, 2]", 1), "must allow the same codes"),
    ],
)
def test_a_definition_that_contradicts_itself_is_refused(text: str, reason: str) -> None:
    with pytest.raises(DataFileError, match=reason):
        parse_instrument("test-tool.yaml", text)

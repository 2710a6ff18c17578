"""What can be read of DOJ's words, and when two wordings say the same."""

from dataclasses import replace
from typing import Any

import pytest

from doj_gateway.domain.said_notices import SaidNotice, read_notice, says_the_same
from unit.doj_gateway.gateway_examples import ASSESSED_ON, NOW

SAID = SaidNotice(
    instrument="ls-cmi",
    assessed_on="2026-11-16",
    seen_at="2026-11-20T17:59:58.123456Z",
    cii_number="A12345678",
    birth_date="1980-02-29",
    family_name="Peña",
)


@pytest.mark.parametrize(
    "name", ["ls-cmi", "LS/CMI", "LSCMI", " Ls Cmi ", "\uff2c\uff33\uff0f\uff23\uff2d\uff29"]
)
def test_the_instrument_is_known_by_its_letters(name: str) -> None:
    read = read_notice(replace(SAID, instrument=name), NOW)

    assert (read.instrument, read.assessed_on, read.fault) == ("ls-cmi", ASSESSED_ON, None)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"instrument": "sra-fv"}, "instrument-unknown"),
        ({"instrument": None}, "instrument-unknown"),
        ({"assessed_on": "2026-02-30"}, "assessed-on-unreadable"),
        ({"assessed_on": "1700006400"}, "assessed-on-unreadable"),
        ({"assessed_on": "0001-01-01"}, "assessed-on-unreadable"),
        ({"assessed_on": "1999-12-31"}, "assessed-on-unreadable"),
        ({"assessed_on": "2101-01-01"}, "assessed-on-unreadable"),
        ({"assessed_on": "2099-01-01"}, "assessed-on-in-the-future"),
        ({"assessed_on": "2026-11-22"}, "assessed-on-in-the-future"),
        ({"assessed_on": "2026-11-21"}, None),
        ({"seen_at": "2026-11-20T17:59:58"}, "seen-at-unreadable"),
        ({"seen_at": "2026-11-20"}, "seen-at-unreadable"),
        ({"seen_at": "9999-12-31T23:59:59-14:00"}, "seen-at-unreadable"),
        ({"seen_at": "0001-01-01T00:00:00+14:00"}, "seen-at-unreadable"),
        ({"seen_at": "0001-01-01T00:00:00Z"}, "seen-at-unreadable"),
        ({"seen_at": "2099-01-01T00:00:00Z"}, "seen-at-in-the-future"),
        ({"seen_at": "2026-11-14T20:00:00Z"}, "seen-before-assessed"),
        ({"seen_at": "2026-11-15T20:00:00Z"}, None),
        ({"cii_number": None}, "person-unreadable"),
        ({"family_name": ""}, "person-unreadable"),
        ({"birth_date": "1899-12-31"}, "person-unreadable"),
        ({"birth_date": "2026-11-21"}, "person-unreadable"),
    ],
)
def test_what_cannot_be_read_or_cannot_be_true_is_named(
    changes: dict[str, Any], fault: str | None
) -> None:
    assert read_notice(replace(SAID, **changes), NOW).fault == fault


def test_an_instant_is_kept_in_utc() -> None:
    read = read_notice(replace(SAID, seen_at="2026-11-20T09:59:58-08:00"), NOW)

    assert str(read.seen_at) == "2026-11-20 17:59:58+00:00"


@pytest.mark.parametrize(
    "changes",
    [
        {"seen_at": "2026-11-20T17:59:58Z"},
        {"seen_at": "2026-11-20T17:59:58.124Z"},
        {"seen_at": "2026-11-20T09:59:58.123456-08:00"},
        {"instrument": "LS/CMI"},
        {"cii_number": "0012345678"},
        {"family_name": "PEN\u0303A"},
    ],
)
def test_the_same_written_differently_is_the_same(changes: dict[str, Any]) -> None:
    assert says_the_same(SAID, replace(SAID, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"seen_at": "2026-11-20T17:59:59.2Z"},
        {"seen_at": None},
        {"assessed_on": "2026-11-17"},
        {"cii_number": "12345679"},
        {"birth_date": "1980-02-28"},
        {"family_name": "Pena"},
    ],
)
def test_another_day_number_or_spelling_is_a_correction(changes: dict[str, Any]) -> None:
    assert not says_the_same(SAID, replace(SAID, **changes))

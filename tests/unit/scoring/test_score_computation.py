"""Totals and levels as the instruments' definitions say, against tables made by hand."""

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.domain.instrument_files import load_instruments
from scoring.domain.scores import (
    Entered,
    LevelBasis,
    Override,
    WrongEntryError,
    score,
)

HERE = Path(__file__).parent
INSTRUMENTS = load_instruments()
DAY = date(2026, 11, 20)
STATIC_99R = INSTRUMENTS.on("static-99r", DAY)
SRA_FV = INSTRUMENTS.on("sra-fv", DAY)
LS_CMI = INSTRUMENTS.on("ls-cmi", DAY)


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def coded(codes: list[str], row: Mapping[str, str]) -> dict[str, int]:
    return {code: int(value) for code, value in zip(codes, row.values(), strict=False)}


STATIC_CODES = [item.code for item in STATIC_99R.items]
SRA_FV_CODES = [item.code for item in SRA_FV.items]
LS_CMI_CODES = [item.code for item in LS_CMI.items]
SRA_FV_ZEROS = dict.fromkeys(SRA_FV_CODES, 0)
LS_CMI_ZEROS = dict.fromkeys(LS_CMI_CODES, 0)
STATIC_ZEROS = dict.fromkeys(STATIC_CODES, 0)


@pytest.mark.parametrize("row", rows("static_99r_scores.csv"))
def test_static_99r_is_summed_and_its_level_follows_the_bounds(row: dict[str, str]) -> None:
    result = score(STATIC_99R, Entered(coded(STATIC_CODES, row)))

    assert (result.total, result.level) == (Decimal(row["total"]), row["level"])
    assert result.level_basis is LevelBasis.COMPUTED
    assert result.domains == {}


@pytest.mark.parametrize("row", rows("sra_fv_scores.csv"))
def test_sra_fv_is_the_exact_sum_of_its_domains_means(row: dict[str, str]) -> None:
    result = score(SRA_FV, Entered(coded(SRA_FV_CODES, row), level="moderate"))

    assert result.total == Decimal(row["total"])
    assert result.domains == {name: Decimal(row[name.replace("-", "_")]) for name in SRA_FV.domains}


@pytest.mark.parametrize("row", rows("ls_cmi_scores.csv"))
def test_ls_cmi_is_the_sum_of_its_subtotals(row: dict[str, str]) -> None:
    result = score(LS_CMI, Entered(coded(LS_CMI_CODES, row), tool="saratso-online"))

    assert (result.total, result.level) == (Decimal(row["total"]), row["level"])
    assert sum(result.domains.values()) == result.total


def test_a_level_without_known_bounds_is_the_scorers_own() -> None:
    result = score(SRA_FV, Entered(SRA_FV_ZEROS, level="low"))

    assert (result.level, result.level_basis) == ("low", LevelBasis.RECORDED)
    assert result.reasons == (
        "total 0.00: the sum of the means of 3 domains",
        "level low: recorded by the scorer, because the bounds of levels are not known",
        "definition sra-fv 1 is provisional: it is believed to be correct, but no source was seen",
    )


def test_an_override_replaces_the_level_and_keeps_the_computed_one() -> None:
    entered = Entered(LS_CMI_ZEROS, override=Override("high", "pattern of recent violence"))

    result = score(LS_CMI, entered)

    assert (result.level, result.computed_level) == ("high", "very-low")
    assert result.level_basis is LevelBasis.OVERRIDDEN
    assert (
        result.reasons[1] == "level high: set by the scorer in place of the computed level very-low"
    )


def test_the_reasons_never_repeat_the_words_of_an_override() -> None:
    entered = Entered(LS_CMI_ZEROS, override=Override("high", "words of the scorer"))

    result = score(LS_CMI, entered)

    assert "words of the scorer" not in " ".join(result.reasons)


@pytest.mark.parametrize(
    ("entered", "fields"),
    [
        (Entered(STATIC_ZEROS | {"item-5": 4}), ["items.item-5"]),
        (Entered(STATIC_ZEROS | {"age-at-release": -2}), ["items.age-at-release"]),
        (Entered(STATIC_ZEROS | {"item-11": 0}), ["items.item-11"]),
        (
            Entered({code: 0 for code in STATIC_CODES if code not in {"item-3", "item-9"}}),
            ["items.item-3", "items.item-9"],
        ),
        (Entered(STATIC_ZEROS, level="III"), ["level"]),
        (Entered(STATIC_ZEROS, override=Override("IVb", "why")), ["override"]),
        (Entered(STATIC_ZEROS, tool="saratso-online"), ["tool"]),
    ],
)
def test_a_wrong_entry_for_static_99r_is_named(entered: Entered, fields: list[str]) -> None:
    with pytest.raises(WrongEntryError) as refused:
        score(STATIC_99R, entered)

    assert [fault.field for fault in refused.value.faults] == fields


def test_sra_fv_without_a_recorded_level_is_refused() -> None:
    with pytest.raises(WrongEntryError) as refused:
        score(SRA_FV, Entered(SRA_FV_ZEROS))

    assert refused.value.code == "wrong-entry"
    assert [fault.field for fault in refused.value.faults] == ["level"]


def test_an_override_to_an_unknown_level_is_refused() -> None:
    with pytest.raises(WrongEntryError) as refused:
        score(LS_CMI, Entered(LS_CMI_ZEROS, override=Override("IVb", "why")))

    assert [fault.field for fault in refused.value.faults] == ["override.level"]


def test_every_fault_is_named_at_once() -> None:
    entered = Entered({**SRA_FV_ZEROS, "self-management-1": 3, "item-1": 0})

    with pytest.raises(WrongEntryError) as refused:
        score(SRA_FV, entered)

    assert [fault.field for fault in refused.value.faults] == [
        "items.self-management-1",
        "items.item-1",
        "level",
    ]


def test_a_score_by_a_sourced_definition_is_not_called_provisional() -> None:
    result = score(STATIC_99R, Entered(STATIC_ZEROS))

    assert not any("provisional" in reason for reason in result.reasons)

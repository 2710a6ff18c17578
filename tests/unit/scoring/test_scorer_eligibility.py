"""Who may score on the day of scoring; every missing piece is its own reason."""

import csv
from datetime import date
from pathlib import Path

import pytest

from scoring.domain.eligibility import (
    NotEligibleError,
    OfficerStanding,
    ProviderStanding,
    check_scorer,
    check_side,
)
from scoring.domain.instrument_files import load_instruments
from shared.law.validity import Validity

DAY = date(2026, 11, 20)
STATIC_99R = load_instruments().on("static-99r", DAY)
SRA_FV = load_instruments().on("sra-fv", DAY)
HELD = [Validity(date(2025, 1, 1), date(2027, 1, 1))]
LAPSED = [
    Validity(date(2023, 1, 1), date(2025, 1, 1)),
    Validity(date(2020, 1, 1), date(2022, 1, 1)),
]


def spans() -> list[dict[str, str]]:
    with (Path(__file__).parent / "held_spans.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def span_of(row: dict[str, str]) -> Validity:
    return Validity(
        date.fromisoformat(row["effective_from"]), date.fromisoformat(row["effective_until"])
    )


def standing_with(credential: Validity) -> ProviderStanding:
    return ProviderStanding([credential], HELD, HELD, HELD)


@pytest.mark.parametrize("row", [row for row in spans() if not row["missing"]])
def test_a_span_that_holds_on_the_day_lets_score(row: dict[str, str]) -> None:
    held = span_of(row)

    check_scorer(SRA_FV, standing_with(held), date.fromisoformat(row["on"]))

    assert held.holds(date.fromisoformat(row["on"]))


@pytest.mark.parametrize("row", [row for row in spans() if row["missing"]])
def test_a_span_that_does_not_hold_says_since_when(row: dict[str, str]) -> None:
    held = span_of(row)

    with pytest.raises(NotEligibleError) as refused:
        check_scorer(SRA_FV, standing_with(held), date.fromisoformat(row["on"]))

    assert [(fault.field, fault.message) for fault in refused.value.faults] == [
        ("scorer_credential", f"no scorer credential for sra-fv {row['missing']}")
    ]


def test_every_missing_piece_of_a_provider_is_named_with_its_own_date() -> None:
    begins = [Validity(date(2027, 3, 1), date(2029, 3, 1))]

    with pytest.raises(NotEligibleError) as refused:
        check_scorer(SRA_FV, ProviderStanding([], LAPSED, begins, HELD), DAY)

    assert [fault.message for fault in refused.value.faults] == [
        "no scorer credential for sra-fv is recorded",
        "no provider certification since 2025-01-01",
        "no program certification before 2027-03-01",
    ]
    assert refused.value.rule == "scorer-eligibility"


@pytest.mark.parametrize("kind", ["probation", "parole"])
def test_the_supervising_probation_or_parole_agency_scores_static_99r(kind: str) -> None:
    standing = OfficerStanding(HELD, "sacramento-probation", "sacramento-probation", kind)

    check_scorer(STATIC_99R, standing, DAY)

    assert kind in STATIC_99R.agency_kinds


def test_static_99r_by_an_agency_that_does_not_supervise_is_refused() -> None:
    standing = OfficerStanding(HELD, "yolo-probation", "sacramento-probation", "probation")

    with pytest.raises(NotEligibleError, match="yolo-probation does not supervise this case"):
        check_scorer(STATIC_99R, standing, DAY)


def test_static_99r_by_an_agency_of_another_kind_is_refused() -> None:
    standing = OfficerStanding([], "northern-federal", "northern-federal", "federal")

    with pytest.raises(NotEligibleError) as refused:
        check_scorer(STATIC_99R, standing, DAY)

    assert [fault.field for fault in refused.value.faults] == ["scorer_credential", "agency"]
    assert "scored by agencies of kind probation or parole" in refused.value.faults[1].message


def test_a_provider_who_left_the_team_is_told_since_when() -> None:
    standing = ProviderStanding(HELD, HELD, HELD, HELD, left_team_on=date(2026, 11, 1))

    with pytest.raises(NotEligibleError) as refused:
        check_scorer(SRA_FV, standing, DAY)

    assert refused.value.code == "scorer-not-eligible"
    assert [(fault.field, fault.message) for fault in refused.value.faults] == [
        ("team", "another provider has been in the team of this case since 2026-11-01")
    ]


def test_each_side_scores_its_own_instrument() -> None:
    check_side(STATIC_99R, {"officer"})
    check_side(SRA_FV, {"provider", "auditor"})

    with pytest.raises(
        NotEligibleError, match="SRA-FV may be scored only by a user with role provider"
    ):
        check_side(SRA_FV, {"officer"})
    with pytest.raises(
        NotEligibleError, match="Static-99R may be scored only by a user with role officer"
    ) as refused:
        check_side(STATIC_99R, {"provider"})
    assert refused.value.code == "wrong-side"

"""Who sees a case's scores and under which authority, against a table."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest

from scoring.domain.assessments import Scorer, own_ids, scorer_among
from scoring.domain.cases import Case, Supervision, Treatment
from scoring.domain.instrument_files import load_instruments
from shared.security.principals import Actor, Role


def named(name: str) -> UUID:
    return uuid5(NAMESPACE_OID, name)


DAY = date(2026, 11, 20)
STATIC_99R = load_instruments().on("static-99r", DAY)
SRA_FV = load_instruments().on("sra-fv", DAY)
CASE = Case(
    named("case"),
    "probation",
    Supervision("sacramento-probation", "north", named("officer")),
    Treatment(named("provider"), named("program"), named("examiner"), DAY),
)


def rows() -> list[dict[str, str]]:
    with (Path(__file__).parent / "viewers.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def viewer(row: dict[str, str]) -> Actor:
    return Actor(
        subject=str(named(row["subject"])),
        roles=frozenset({Role(row["role"])}),
        agency=row["agency"] or None,
        unit=row["unit"] or None,
        provider=named(row["provider"]) if row["provider"] else None,
        program=named(row["program"]) if row["program"] else None,
    )


@pytest.mark.parametrize("row", rows(), ids=lambda row: "-".join(row.values()))
def test_scores_are_shown_to_the_team_its_supervisors_and_auditors(
    row: dict[str, str],
) -> None:
    assert (CASE.authority_of(viewer(row)) or "") == row["authority"]


def test_before_a_team_is_formed_no_provider_sees_the_case() -> None:
    provider = Actor("someone", frozenset({Role.PROVIDER}))

    assert replace(CASE, treatment=None).authority_of(provider) is None


def test_a_case_without_a_unit_is_its_whole_agencys() -> None:
    supervision = Supervision("sacramento-probation", None, named("officer"))
    officer = Actor(
        str(named("colleague")), frozenset({Role.OFFICER}), "sacramento-probation", "south"
    )

    assert replace(CASE, supervision=supervision).authority_of(officer) == "supervising-unit"


def test_an_officer_of_the_supervising_unit_scores_for_the_agency() -> None:
    officer = viewer(
        {
            "role": "officer",
            "agency": "sacramento-probation",
            "unit": "north",
            "subject": "colleague",
            "provider": "",
            "program": "",
        }
    )

    scorer = scorer_among(CASE, STATIC_99R, officer)

    assert scorer == Scorer(named("colleague"), "sacramento-probation", None)


def test_an_officer_of_another_agency_is_no_scorer_of_the_case() -> None:
    officer = Actor(str(named("officer")), frozenset({Role.OFFICER}), "yolo-probation", "north")

    assert scorer_among(CASE, STATIC_99R, officer) is None


def test_the_teams_provider_scores_for_the_teams_program() -> None:
    provider = Actor("x", frozenset({Role.PROVIDER}), provider=named("provider"))

    scorer = scorer_among(CASE, SRA_FV, provider)

    assert scorer == Scorer(named("provider"), "sacramento-probation", named("program"))


@pytest.mark.parametrize("case", [CASE, replace(CASE, treatment=None)])
def test_a_provider_outside_the_team_is_no_scorer_of_the_case(case: Case) -> None:
    provider = Actor("x", frozenset({Role.PROVIDER}), provider=named("other"))

    assert scorer_among(case, SRA_FV, provider) is None


def test_an_id_that_is_none_owns_nothing() -> None:
    client = Actor("process:scoring", frozenset({Role.SERVICE}))

    assert own_ids(client) == frozenset()

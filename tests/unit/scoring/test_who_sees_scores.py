"""Who sees a case's scores and under which authority, against a table."""

import csv
from dataclasses import replace
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest

from scoring.domain.cases import Case, Supervision, Treatment
from shared.security.principals import Actor, Role


def named(name: str) -> UUID:
    return uuid5(NAMESPACE_OID, name)


CASE = Case(
    named("case"),
    "probation",
    Supervision("sacramento-probation", "north", named("officer")),
    Treatment(named("provider"), named("program"), named("examiner")),
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
def test_scores_are_shown_to_the_team_its_supervisors_doj_and_auditors(
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

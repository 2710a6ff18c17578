"""Whose identifiers a notice carries: every question has an outcome, and nobody asks twice."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from integration.supervision.world import Case, World, case_body

BORN = "1980-02-29"


async def _case_of(world: World, family_name: str, cii_number: str) -> Case:
    person_id = await world.record_person(family_name=family_name, cii_number=cii_number)
    opened = await world.post("/v1/cases", case_body(person_id), world.officer)
    return Case(UUID(opened.json()["case_id"]), person_id)


async def _identified(
    world: World, cii_number: str, family_name: str, born: str = BORN
) -> dict[str, Any]:
    asked = {"cii_number": cii_number, "birth_date": born, "family_name": family_name}
    answer = await world.post("/v1/person-identifications", asked, world.gateway)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _shown(world: World, case: Case) -> dict[str, str]:
    return {"case_id": str(case.id), "person_id": str(case.person_id), "agency": world.agency}


@pytest.mark.parametrize(
    ("recorded", "printed"),
    [
        ("Peña", "PENA"),
        ("Peña", "Pen\u0303a"),
        ("O'Brien", "OBRIEN"),
        ("Garcia-Lopez", "GARCIA LOPEZ"),
        ("Smith", "SMITH JR"),
    ],
)
async def test_a_name_matches_as_doj_prints_it(world: World, recorded: str, printed: str) -> None:
    cii_number = str(uuid4().int)[:10]
    case = await _case_of(world, recorded, cii_number)

    found = await _identified(world, f"A{cii_number}", printed)

    assert found == {"outcome": "matched", "cases": [_shown(world, case)], "near_cases": []}
    acts = await world.rows(
        "SELECT action, authority FROM audit_entries WHERE subject_id = :id ORDER BY id",
        id=case.person_id,
    )
    assert tuple(acts[-1]) == ("person.identified", "doj-notice")


async def test_another_name_leads_to_the_cases_it_may_mean(world: World) -> None:
    case = await _case_of(world, "Smith", "7000000001")

    found = await _identified(world, "7000000001", "Smyth")

    assert found == {"outcome": "name-differs", "cases": [], "near_cases": [_shown(world, case)]}
    assert (await world.audited(case.person_id))[-1] == "person.identified"


async def test_another_birth_date_leads_to_the_cases_it_may_mean(world: World) -> None:
    case = await _case_of(world, "Smith", "7000000002")

    found = await _identified(world, "7000000002", "Smith", "1980-03-01")

    assert found["outcome"] == "birth-date-differs"
    assert found["cases"] == []
    assert found["near_cases"] == [_shown(world, case)]


async def test_a_number_nobody_has_is_unknown(world: World) -> None:
    found = await _identified(world, "9998887776", "Nobody")

    assert found == {"outcome": "unknown", "cases": [], "near_cases": []}


@pytest.mark.parametrize(
    ("cii_number", "family_name"), [("see file", "Smith"), ("12345678", "\u200b"), ("\t", "Smith")]
)
async def test_what_cannot_be_read_is_said_and_not_refused(
    world: World, cii_number: str, family_name: str
) -> None:
    found = await _identified(world, cii_number, family_name)

    assert found == {"outcome": "unreadable", "cases": [], "near_cases": []}


async def test_an_instrument_in_capitals_is_no_reason_to_refuse(world: World) -> None:
    asked = {"cii_number": "7000000003", "birth_date": BORN, "family_name": "X"}

    answer = await world.post(
        "/v1/person-identifications", asked | {"instrument": "LS-CMI"}, world.gateway
    )

    assert answer.status_code == 200

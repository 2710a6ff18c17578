"""A case is opened once for a person, agency and number, unless the officer says it is another."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from integration.supervision.world import Case, World, case_body
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.security.personal_fields import PersonalFields
from shared.security.principals import Role, process_actor
from supervision.settings import Settings
from supervision.use_cases.rewrite_person_numbers import IndexedCases, index_case_numbers

_AS_BEFORE = text(
    "UPDATE cases SET case_number_index = NULL, another_because_sealed = NULL"
    " WHERE person_id = :person"
)


@pytest.mark.parametrize("number", ["21FE001234", "21-fe 001234"])
async def test_the_same_case_sent_again_is_refused_naming_the_first(
    world: World, case: Case, number: str
) -> None:
    again = await world.post(
        "/v1/cases", case_body(case.person_id, case_number=number), world.officer
    )

    assert again.status_code == 409
    assert again.json()["type"].endswith(":case-exists")
    assert again.json()["case_id"] == str(case.id)
    assert number not in again.text
    assert len((await world.get("/v1/cases", world.officer)).json()["items"]) == 1


async def test_of_the_same_case_sent_twice_at_once_one_is_opened(world: World) -> None:
    body = case_body(await world.record_person())

    answers = await asyncio.gather(*(world.post("/v1/cases", body, world.officer) for _ in "12"))

    assert sorted(each.status_code for each in answers) == [201, 409]


async def test_a_case_of_a_unit_that_one_does_not_see_is_not_named(
    world: World, case: Case
) -> None:
    await world.http.put(
        f"/v1/officers/{(elsewhere := new_id())}",
        json={"name": "Una Unit", "agency": world.agency, "unit": "juvenile"},
        headers=world.operator,
    )
    officer = world.issuer.authorization(
        Role.OFFICER, sub=elsewhere, agency=world.agency, unit="juvenile"
    )

    again = await world.post("/v1/cases", case_body(case.person_id), officer)

    assert again.status_code == 409
    assert str(case.id) not in again.text


async def test_another_case_under_the_same_number_is_opened_with_the_reason(
    world: World, case: Case
) -> None:
    because = "Supervision was granted anew after the first grant ended."

    another = await world.post(
        "/v1/cases", case_body(case.person_id, another_because=because), world.officer
    )

    assert another.status_code == 201
    file = (await world.get(f"/v1/cases/{another.json()['case_id']}", world.officer)).json()
    assert file["conviction"]["another_because"] == because


async def test_another_number_is_another_case(world: World, case: Case) -> None:
    other = await world.post(
        "/v1/cases", case_body(case.person_id, case_number="22FE009999"), world.officer
    )

    assert other.status_code == 201


async def test_numbers_kept_before_they_were_indexed_are_indexed_and_repeated_ones_told(
    world: World, case: Case, settings: Settings
) -> None:
    another = await world.post(
        "/v1/cases", case_body(case.person_id, another_because="made twice"), world.officer
    )
    cause = Cause(process_actor("test"), new_id())
    async with world.database.transaction(cause) as tx:
        await tx.execute(_AS_BEFORE, {"person": case.person_id})
        found = IndexedCases()

        is_left = await index_case_numbers(tx, PersonalFields(settings), found)

    assert is_left
    assert [str(each) for each in found.indexed] == [str(case.id)]
    assert found.doubled == [UUID(another.json()["case_id"])]

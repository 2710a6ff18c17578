"""Who owes a score in another role, when a change of the law hands it to the other side."""

import pytest

from doj_gateway.use_cases.find_owner import find_owner
from integration.doj_gateway.gateway_world import Score, World
from shared.law.duty.duties import Duty, Owner
from shared.law.duty.duty_queries import of_subject

SEND = "dynamic-score-to-doj"


async def owner_as(world: World, score: Score, role: str) -> Owner | None:
    async with world.database.transaction(world.cause()) as tx:
        duty = await of_subject(tx, SEND, score.assessment_id)
        assert isinstance(duty, Duty)
        return await find_owner(tx, duty, role)


@pytest.fixture
async def score(world: World) -> Score:
    return await world.queued()


async def test_as_provider_it_is_the_scorer_and_their_program(world: World, score: Score) -> None:
    owner = await owner_as(world, score, "provider")

    assert owner == Owner("provider", str(score.program_id), score.provider_id)


async def test_as_officer_it_is_who_supervises_the_case_now(world: World, score: Score) -> None:
    owner = await owner_as(world, score, "officer")

    assert owner == Owner("officer", score.agency, score.officer_id)


async def test_in_any_other_role_nobody_is_known(world: World, score: Score) -> None:
    assert await owner_as(world, score, "examiner") is None

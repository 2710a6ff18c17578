"""A score that reaches DOJ by itself: expected, noticed, matched, acknowledged."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import httpx
import pytest

from integration.doj_gateway.gateway_world import ASSESSED_ON, RECEIVED_AT, Score, World
from shared.security.principals import Role
from shared.testing.messaging import until
from shared.testing.tokens import LocalIssuer

SEEN, OWED = "ls-cmi-seen", "violence-score-to-doj"
DAYS = count(3, 3)
PERSON = {"cii_number": "12345678", "birth_date": "1980-02-29", "family_name": "Example"}


def a_notice(
    score: Score | None = None, notice_id: str | None = None, **changes: object
) -> dict[str, Any]:
    """What DOJ pushes."""
    notice: dict[str, Any] = {
        "notice_id": notice_id or str(uuid4()),
        "instrument": "ls-cmi",
        "assessed_on": (score.assessed_on if score else ASSESSED_ON).isoformat(),
        "seen_at": (RECEIVED_AT + timedelta(seconds=1)).isoformat(),
        "person": PERSON,
    }
    return notice | changes


async def tell_doj(world: World, score: Score) -> str:
    """Have the online tool submit by itself; returns DOJ's id of its notice."""
    result = {
        "instrument": "ls-cmi",
        "assessed_on": score.assessed_on.isoformat(),
        "person": PERSON,
    }
    url = f"{world.simulator.url}/simulation/automatic-results"
    async with httpx.AsyncClient(headers=world.simulator.headers) as doj:
        answer = await doj.post(url, json=result)
    return str(answer.json()["notice_id"])


@pytest.fixture
def doj(issuer: LocalIssuer) -> dict[str, str]:
    """DOJ's own token."""
    return issuer.authorization(Role.DOJ)


@pytest.fixture
async def score(world: World) -> Score:
    """An LS/CMI whose person supervision knows; nobody else is scored on or beside its day."""
    made = Score(instrument="ls-cmi", assessed_on=ASSESSED_ON - timedelta(days=next(DAYS)))
    world.neighbors.identified = [made.case_id]
    return made


async def notice_state(world: World, doj_notice_id: str) -> str:
    query = "SELECT state FROM notices WHERE doj_notice_id = :id"
    (row,) = await world.rows(query, id=doj_notice_id)
    return str(row["state"])


async def until_notice(world: World, doj_notice_id: str, state: str) -> None:
    async def is_there() -> bool:
        return await notice_state(world, doj_notice_id) == state

    await until(is_there)


async def test_a_noticed_score_meets_its_expectation_and_is_acknowledged_at_doj(
    world: World, http: httpx.AsyncClient, doj: dict[str, str], score: Score
) -> None:
    await world.queued(score)
    doj_id = await tell_doj(world, score)
    told = a_notice(score, doj_id)

    async with world.sending():
        answer = await http.post("/v1/notices", json=told, headers=doj)
        await until_notice(world, doj_id, "acknowledged")

    duties = await world.duties(score)
    assert answer.status_code == 201
    assert set(duties) == {SEEN}
    assert (duties[SEEN]["state"], duties[SEEN]["met_at"].isoformat()) == ("met", told["seen_at"])
    assert await world.events(score) == [
        "doj-gateway.duty.opened",
        "doj-gateway.expectation.opened",
        "doj-gateway.duty.met",
        "doj-gateway.expectation.met",
        "doj-gateway.notice.acknowledged",
    ]
    async with httpx.AsyncClient(headers=world.simulator.headers) as asking:
        held = await asking.get(f"{world.simulator.url}/v1/notices/{doj_id}")
    assert held.json()["acknowledged_at"] is not None


async def test_a_notice_before_its_expectation_waits_for_it(
    world: World, http: httpx.AsyncClient, doj: dict[str, str], score: Score
) -> None:
    doj_id = await tell_doj(world, score)

    async with world.sending():
        await http.post("/v1/notices", json=a_notice(score, doj_id), headers=doj)

        async def was_looked_at() -> bool:
            query = "SELECT tries FROM notices WHERE doj_notice_id = :id"
            return bool((await world.rows(query, id=doj_id))[0]["tries"])

        await until(was_looked_at)
        waiting = await notice_state(world, doj_id)
        await world.queued(score)
        await until_notice(world, doj_id, "acknowledged")

    assert waiting == "received"
    assert (await world.duties(score))[SEEN]["state"] == "met"


async def test_a_repeated_notice_gets_the_same_answer(
    http: httpx.AsyncClient, doj: dict[str, str]
) -> None:
    notice = a_notice()

    first = await http.post("/v1/notices", json=notice, headers=doj)
    second = await http.post("/v1/notices", json=notice, headers=doj)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


async def test_two_notices_of_one_score_meet_it_once(
    world: World, http: httpx.AsyncClient, doj: dict[str, str], score: Score
) -> None:
    await world.queued(score)
    doj_ids = [await tell_doj(world, score) for _ in range(2)]

    async with world.sending():
        for doj_id in doj_ids:
            await http.post("/v1/notices", json=a_notice(score, doj_id), headers=doj)

        async def one_is_acknowledged() -> bool:
            states = [await notice_state(world, each) for each in doj_ids]
            return sorted(states) == ["acknowledged", "received"]

        await until(one_is_acknowledged)

    assert (await world.events(score)).count("doj-gateway.expectation.met") == 1


async def test_while_doj_does_not_take_the_acknowledgment_the_match_stands_and_waits(
    world: World, http: httpx.AsyncClient, doj: dict[str, str], score: Score
) -> None:
    await world.queued(score)
    doj_id = await tell_doj(world, score)

    async with world.sending():
        with world.simulator_down():
            await http.post("/v1/notices", json=a_notice(score, doj_id), headers=doj)
            await until_notice(world, doj_id, "matched")
            met = (await world.duties(score))[SEEN]["state"]
        await until_notice(world, doj_id, "acknowledged")

    assert met == "met"


async def test_identifiers_are_sealed_at_rest_and_never_in_a_url(
    world: World, http: httpx.AsyncClient, doj: dict[str, str], score: Score
) -> None:
    doj_id = await tell_doj(world, score)

    async with world.sending():
        await http.post("/v1/notices", json=a_notice(score, doj_id), headers=doj)

        async def was_asked() -> bool:
            return "/v1/person-identifications" in world.neighbors.asked

        await until(was_asked)

    query = (
        "SELECT said_sealed FROM notice_versions JOIN notices ON notices.id = notice_id"
        " WHERE doj_notice_id = :id"
    )
    (row,) = await world.rows(query, id=doj_id)
    assert b"12345678" not in row["said_sealed"]
    assert not any("12345678" in path for path in world.neighbors.asked)


async def test_under_the_later_law_the_notice_meets_what_the_provider_owes(
    world: World, http: httpx.AsyncClient, doj: dict[str, str], score: Score
) -> None:
    world.edition = "sb-1473"
    await world.queued(score)
    doj_id = await tell_doj(world, score)

    async with world.sending():
        await http.post("/v1/notices", json=a_notice(score, doj_id), headers=doj)
        await until_notice(world, doj_id, "acknowledged")

    owed = (await world.duties(score))[OWED]
    assert (owed["state"], owed["owner_role"]) == ("met", "provider")
    assert owed["owner_person"] == score.provider_id


async def test_of_two_scores_beside_the_day_of_a_notice_a_person_chooses(
    world: World, http: httpx.AsyncClient, doj: dict[str, str], score: Score
) -> None:
    day_before, day_after = (
        replace(score, assessment_id=uuid4(), assessed_on=score.assessed_on + timedelta(days=days))
        for days in (-1, 1)
    )
    await world.happens(score.case_opened(), day_before.finalized(), day_after.finalized())
    doj_id = await tell_doj(world, score)

    async with world.sending():
        await http.post("/v1/notices", json=a_notice(score, doj_id), headers=doj)
        await until_notice(world, doj_id, "unclear")

    query = "SELECT because FROM notices WHERE doj_notice_id = :id"
    assert await world.rows(query, id=doj_id) == [{"because": "several-scores-fit"}]

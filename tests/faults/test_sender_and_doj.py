"""The sender and DOJ: whoever fails between them, DOJ has each score once, and we know it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from doj_gateway.sender.fault_points import SenderPoint
from faults.gateway import Gateway, gateway
from faults.service_process import running, started
from faults.waiting import until
from integration.doj_gateway.gateway_world import Score

SENT_AND_ACKNOWLEDGED = ["doj-gateway.submission.sent", "doj-gateway.submission.acknowledged"]
ASKED_IN_VAIN = 5


@pytest.fixture
async def doj(new_database: Callable[[str | None], str], tmp_path: Path) -> AsyncIterator[Gateway]:
    async with gateway(new_database, tmp_path) as made:
        yield made


async def killed_at(doj: Gateway, point: SenderPoint) -> Score:
    """Let a sender die at a point with a score in its hands, and its claim run out."""
    victim = doj.sender("victim")
    victim.faults.arm(point)
    score = await doj.world.queued()
    async with started(victim):
        await victim.until_killed_at(point)
    await doj.let_the_claims_run_out()
    return score


async def told_of(doj: Gateway, score: Score) -> list[str]:
    """What was announced of a score's submission after it was queued."""
    return [each for each in await doj.world.events(score) if each in SENT_AND_ACKNOWLEDGED]


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(SenderPoint.TAKEN_UP, id="crash after claim"),
        pytest.param(SenderPoint.ATTEMPTING, id="crash before send", marks=pytest.mark.long),
        pytest.param(SenderPoint.ANSWERED, id="crash after send"),
        pytest.param(SenderPoint.TOLD, id="acknowledgment twice", marks=pytest.mark.long),
    ],
)
async def test_doj(doj: Gateway, point: SenderPoint) -> None:
    score = await killed_at(doj, point)

    async with running(doj.sender("heir")):
        await doj.world.until_state(score, "acknowledged")

    await doj.check_every_promise()
    assert await told_of(doj, score) == SENT_AND_ACKNOWLEDGED
    assert [each["deliveries"] for each in doj.world.deliveries(score)] == [1]


@pytest.mark.long
async def test_doj_acknowledgment_before_our_record_of_sending(
    new_database: Callable[[str | None], str], tmp_path: Path
) -> None:
    async with gateway(new_database, tmp_path, acknowledge_after_seconds=0) as doj:
        score = await killed_at(doj, SenderPoint.ANSWERED)
        assert (await doj.world.submission(score))["accepted_at"] is None

        async with running(doj.sender("heir")):
            await doj.world.until_state(score, "acknowledged")

        await doj.check_every_promise()
        assert await told_of(doj, score) == SENT_AND_ACKNOWLEDGED


async def test_doj_response_lost(doj: Gateway) -> None:
    doj.wire.lose_next_answer()

    async with running(doj.sender()):
        score = await doj.world.queued()
        await doj.world.until_state(score, "acknowledged")

    assert doj.wire.has_lost.is_set()
    await doj.check_every_promise()
    assert await doj.world.attempts(score) == ["unknown"]
    assert [each["deliveries"] for each in doj.world.deliveries(score)] == [1]


@pytest.mark.long
async def test_doj_never_acknowledges(
    new_database: Callable[[str | None], str], tmp_path: Path
) -> None:
    async with gateway(new_database, tmp_path, acknowledge_after_seconds=86_400) as doj:
        async with running(doj.sender()):
            score = await doj.world.queued()

            async def was_asked_in_vain() -> bool:
                return int((await doj.world.submission(score))["tries"]) >= ASKED_IN_VAIN

            await until(was_asked_in_vain)

        await doj.check_every_promise()
        assert (await doj.world.submission(score))["state"] == "sent"
        duties = await doj.world.duties(score)
        assert duties["dynamic-score-to-doj"]["state"] == "met"
        assert duties["doj-acknowledgment"]["state"] == "open"

"""A score goes to DOJ once, by one reference, with the same bytes, whatever breaks on the way."""

import httpx
import pytest

from integration.doj_gateway.gateway_world import SHORT_CLAIMS, Score, World
from integration.doj_gateway.neighbors import FailingWay
from shared.testing.messaging import KilledError, until

SEND, ACKNOWLEDGMENT = "dynamic-score-to-doj", "doj-acknowledgment"


async def test_a_received_score_reaches_doj_and_is_acknowledged(world: World) -> None:
    score = await world.queued()

    async with world.sending():
        row = await world.until_state(score, "acknowledged")

    duties = await world.duties(score)
    assert (duties[SEND]["state"], duties[ACKNOWLEDGMENT]["state"]) == ("met", "met")
    assert duties[SEND]["met_at"] == row["accepted_at"]
    assert duties[ACKNOWLEDGMENT]["met_at"] == row["acknowledged_at"]
    assert await world.events(score) == [
        "doj-gateway.duty.opened",
        "doj-gateway.submission.queued",
        "doj-gateway.duty.met",
        "doj-gateway.duty.opened",
        "doj-gateway.submission.sent",
        "doj-gateway.duty.met",
        "doj-gateway.submission.acknowledged",
    ]
    assert await world.attempts(score) == ["accepted"]


async def test_the_form_is_sealed_at_rest_and_its_hash_is_that_of_what_doj_got(
    world: World,
) -> None:
    score = await world.queued()

    async with world.sending():
        row = await world.until_state(score, "sent", "acknowledged")

    (delivery,) = world.deliveries(score)
    assert delivery["content_hash"] == row["content_hash"]
    assert b"Example" not in row["form_sealed"]
    assert b"123-45-6789" not in row["form_sealed"]


async def test_a_lost_answer_is_asked_about_and_not_sent_again(world: World) -> None:
    score, way = await world.queued(), FailingWay()
    way.lose_answer_with = httpx.ReadTimeout("")

    async with world.sending(way):
        await world.until_state(score, "acknowledged")

    assert way.puts == 1
    assert await world.attempts(score) == ["unknown"]
    assert "doj-gateway.submission.unknown" in await world.events(score)
    acts = (
        "SELECT action FROM audit_entries"
        " WHERE subject_kind = 'submission' AND subject_id = :id ORDER BY id"
    )
    row = await world.submission(score)
    assert [each["action"] for each in await world.rows(acts, id=row["id"])] == [
        *("submission.queued", "submission.unknown", "submission.sent", "submission.acknowledged"),
    ]


async def test_what_doj_does_not_know_is_sent_again_with_the_same_bytes(world: World) -> None:
    score, way = await world.queued(), FailingWay()
    way.fail_first_with = httpx.WriteTimeout("")

    async with world.sending(way):
        row = await world.until_state(score, "sent", "acknowledged")

    (delivery,) = world.deliveries(score)
    assert (delivery["deliveries"], delivery["content_hash"]) == (1, row["content_hash"])
    assert await world.attempts(score) == ["unknown", "accepted"]


async def test_a_sender_killed_after_doj_took_it_is_followed_by_one_that_asks(
    world: World,
) -> None:
    score, way = await world.queued(), FailingWay()
    way.lose_answer_with = KilledError("after DOJ took it")

    async with world.sending(way, SHORT_CLAIMS):
        await world.until_state(score, "acknowledged")

    assert way.puts == 1
    assert await world.attempts(score) == ["unknown"]
    assert [each["deliveries"] for each in world.deliveries(score)] == [1]


async def test_a_sender_killed_before_doj_got_it_is_followed_by_one_that_sends(
    world: World,
) -> None:
    score, way = await world.queued(), FailingWay()
    way.fail_first_with = KilledError("before DOJ got it")

    async with world.sending(way, SHORT_CLAIMS):
        await world.until_state(score, "acknowledged")

    assert await world.attempts(score) == ["unknown", "accepted"]
    assert [each["deliveries"] for each in world.deliveries(score)] == [1]


async def test_while_doj_is_down_the_score_waits_and_goes_when_doj_is_back(world: World) -> None:
    score = await world.queued()

    async def was_tried_twice() -> bool:
        return bool((await world.submission(score))["tries"] > 1)

    with world.simulator_down():
        async with world.sending():
            await until(was_tried_twice)
    async with world.sending():
        await world.until_state(score, "acknowledged")

    assert await world.attempts(score) == ["accepted"]


async def test_doj_restarted_between_acceptance_and_acknowledgment_loses_nothing(
    world: World,
) -> None:
    score = await world.queued()

    async with world.sending():
        await world.until_state(score, "sent", "acknowledged")
        with world.simulator_down():
            pass
        await world.until_state(score, "acknowledged")

    assert [each["deliveries"] for each in world.deliveries(score)] == [1]


async def test_a_rejected_form_leaves_the_duty_open_with_its_due_date(world: World) -> None:
    world.neighbors.person["cii_number"] = "no digits"
    score = await world.queued()
    due_on = (await world.duties(score))[SEND]["due_on"]

    async with world.sending():
        row = await world.until_state(score, "rejected")

    duties = await world.duties(score)
    assert row["reason_code"] == "person-cii-number-invalid"
    assert (duties[SEND]["state"], duties[SEND]["due_on"]) == ("open", due_on)
    assert ACKNOWLEDGMENT not in duties
    assert (await world.events(score))[-2:] == [
        "doj-gateway.submission.rejected",
        "doj-gateway.work-item.opened",
    ]


async def test_without_the_person_s_part_nothing_is_sent_until_supervision_is_back(
    world: World,
) -> None:
    world.neighbors.is_away = True
    score = await world.queued()

    async with world.sending():

        async def was_tried() -> bool:
            return bool((await world.submission(score))["tries"] > 1)

        await until(was_tried)
        before = (await world.submission(score))["state"], await world.attempts(score)
        world.neighbors.is_away = False
        await world.until_state(score, "acknowledged")

    assert before == ("queued", [])


async def test_two_senders_deliver_each_score_once(world: World) -> None:
    scores = [await world.queued() for _ in range(12)]

    async with world.sending(), world.sending():
        for score in scores:
            await world.until_state(score, "acknowledged")

    for score in scores:
        assert await world.attempts(score) == ["accepted"]
        assert [each["deliveries"] for each in world.deliveries(score)] == [1]


@pytest.mark.parametrize("again", ["finalized", "received"])
async def test_an_event_that_comes_twice_queues_once(world: World, again: str) -> None:
    score = await world.queued()

    await world.happens(getattr(score, again)())

    assert (await world.submission(score))["state"] == "queued"
    assert (await world.events(score)).count("doj-gateway.submission.queued") == 1


async def test_a_static_score_is_not_sent_to_doj(world: World) -> None:
    score = await world.queued(Score(instrument="static-99r"))

    assert await world.duties(score) == {}
    assert await world.events(score) == []

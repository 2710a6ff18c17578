"""The sender's loop: one bad row stops no other, a cut connection stops nothing."""

import pytest
import structlog

from doj_gateway.worker import build_sender
from integration.doj_gateway.gateway_world import SHORT_CLAIMS, World
from shared.testing.messaging import running, until

SPOILED = """
    UPDATE submissions SET form_sealed = :sealed, form_version = 1, content_hash = 'none'
    WHERE case_id = :id
"""
CURED = """
    UPDATE submissions SET form_sealed = NULL, form_version = NULL, content_hash = NULL,
        next_step_at = now() WHERE case_id = :id
"""


async def test_a_form_that_cannot_be_opened_stops_no_other(world: World) -> None:
    spoiled = await world.queued()
    await world.change(SPOILED, id=spoiled.case_id, sealed=b"not what was sealed under this key")
    sound = await world.queued()

    with structlog.testing.capture_logs() as logs:
        async with world.sending():
            await world.until_state(sound, "acknowledged")

    failures = [each for each in logs if each["event"] == "step_failed"]
    assert {each["error"] for each in failures} == {"UnreadableFieldError"}
    row = await world.submission(spoiled)
    assert (row["state"], row["failed"]) == ("queued", len(failures))
    assert (await world.attempts(spoiled), await world.work_items(spoiled)) == ([], [])


async def test_a_score_whose_tenth_step_fails_is_an_operator_s_until_doj_has_it(
    world: World,
) -> None:
    score = await world.queued()
    await world.change(SPOILED, id=score.case_id, sealed=b"not what was sealed under this key")
    await world.change("UPDATE submissions SET failed = 9 WHERE case_id = :id", id=score.case_id)

    async def is_told() -> bool:
        return bool(await world.work_items(score))

    async with world.sending():
        await until(is_told)
        (told,) = await world.work_items(score)
        await world.change(CURED, id=score.case_id)
        await world.until_state(score, "acknowledged")

    assert (told["kind"], told["because"]) == ("submission-stuck", "step-failed")
    assert (told["owner_role"], told["resolution"]) == ("operator", None)
    (cured,) = await world.work_items(score)
    assert cured["resolution"] == "doj-answered"


@pytest.mark.parametrize(("status", "failed"), [(404, 1), (409, 1), (503, 0)])
async def test_a_part_of_the_form_that_a_service_refuses_is_counted_and_one_away_is_not(
    world: World, status: int, failed: int
) -> None:
    world.neighbors.refuses_with = status
    score = await world.queued()

    async def has_tried() -> bool:
        return int((await world.submission(score))["tries"]) == 1

    async with world.sending():
        await until(has_tried)

    row = await world.submission(score)
    assert (row["state"], row["failed"]) == ("queued", failed)


async def test_cut_connections_are_made_anew_and_the_work_goes_on(world: World) -> None:
    sender = build_sender(world.settings, limits=SHORT_CLAIMS)
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'doj-gateway sender' AND datname = current_database()"
    )

    async with running(sender):

        async def is_well() -> bool:
            return await sender.reason() is None

        await until(is_well)
        await world.rows(cut)
        score = await world.queued()
        await world.until_state(score, "acknowledged")
        await until(is_well)
    await sender.database.engine.dispose()

    assert [each["deliveries"] for each in world.deliveries(score)] == [1]


async def test_a_sender_that_has_not_looked_yet_says_so(world: World) -> None:
    sender = build_sender(world.settings)

    reason = await sender.reason()

    assert reason == "has not looked for work yet"


async def test_more_scores_than_a_sender_does_at_once_all_arrive(world: World) -> None:
    scores = [await world.queued() for _ in range(20)]

    async with world.sending():
        for score in scores:
            await world.until_state(score, "sent", "acknowledged")

    assert [len(world.deliveries(score)) for score in scores] == [1] * 20

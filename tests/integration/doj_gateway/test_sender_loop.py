"""The sender's loop: one bad row stops no other, a cut connection stops nothing."""

import structlog
from sqlalchemy import text

from doj_gateway.worker import build_sender
from integration.doj_gateway.gateway_world import SHORT_CLAIMS, World
from shared.testing.messaging import running, until


async def test_a_form_that_cannot_be_opened_stops_no_other(world: World) -> None:
    spoiled = await world.queued()
    async with world.database.engine.begin() as connection:
        await connection.execute(
            text(
                "UPDATE submissions SET form_sealed = :sealed, form_version = 1,"
                " content_hash = 'none' WHERE assessment_id = :id"
            ),
            {"id": spoiled.assessment_id, "sealed": b"not what was sealed under this key"},
        )
    sound = await world.queued()

    with structlog.testing.capture_logs() as logs:
        async with world.sending():
            await world.until_state(sound, "acknowledged")

    failures = [each for each in logs if each["event"] == "step_failed"]
    assert [each["error"] for each in failures] == ["UnreadableFieldError"]
    assert (await world.submission(spoiled))["state"] == "queued"
    assert await world.attempts(spoiled) == []


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

"""What was scored twice before a scoring was kept once: the later one takes the earlier's place."""

from sqlalchemy import text

from integration.played_migrations import play_again
from integration.scoring.scene import Scene
from scoring.service import SERVICE
from scoring.settings import Settings

BEFORE = (
    "DROP INDEX uq_assessments_scored_once",
    "ALTER TABLE assessments DROP COLUMN rescores",
)


async def test_repeated_scorings_are_linked_in_the_order_of_entry(
    scene: Scene, settings: Settings
) -> None:
    first = await scene.drafted("provider", "sra-fv")
    second = (
        await scene.post("provider", "/v1/assessments", scene.body("sra-fv", rescores=first))
    ).json()["assessment_id"]
    async with scene.database.engine.begin() as connection:
        for statement in BEFORE:
            await connection.execute(text(statement))

    url = settings.database_url.get_secret_value()
    await play_again(SERVICE, url, before="0007_order_of_teams", revision="0008_scored_once")

    linked = {
        each: (await scene.get("provider", f"/v1/assessments/{each}")).json()["rescores"]
        for each in (first, second)
    }
    assert linked == {first: None, second: first}

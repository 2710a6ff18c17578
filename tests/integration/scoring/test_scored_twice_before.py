"""What was scored twice before a scoring was kept once: the later one takes the earlier's place."""

import asyncio

from sqlalchemy import text

from integration.scoring.scene import Scene
from local_system.fresh_databases import migrate
from scoring.settings import Settings

BEFORE = (
    "DROP TABLE program_providers",
    "DROP INDEX uq_assessments_scored_once",
    "ALTER TABLE assessments DROP COLUMN rescores",
    "UPDATE alembic_version SET version_num = '0007_order_of_teams'",
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

    await asyncio.to_thread(migrate, "scoring", settings.database_url.get_secret_value())

    linked = {
        each: (await scene.get("provider", f"/v1/assessments/{each}")).json()["rescores"]
        for each in (first, second)
    }
    assert linked == {first: None, second: first}

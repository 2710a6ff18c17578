"""A system that kept duties before it had an overview: its own are in it from the start."""

import asyncio

import pytest
from sqlalchemy import text

from integration.supervision.told_duties import listed
from integration.supervision.world import Case, World
from local_system.fresh_databases import migrate
from supervision.settings import Settings


@pytest.fixture
async def _migrated_again(world: World, case: Case, settings: Settings) -> None:
    """Go back to before the overview, with a duty in the ledger, and migrate."""
    await world.duty(case, "static-99r-before-placement")
    async with world.database.engine.begin() as connection:
        for made_later in ("known_duties", "work_items", "credential_changes", "program_providers"):
            await connection.execute(text(f"DROP TABLE {made_later}"))
        for added_later in ("case_number_index", "another_because_sealed"):
            await connection.execute(text(f"ALTER TABLE cases DROP COLUMN {added_later}"))
        await connection.execute(
            text("UPDATE alembic_version SET version_num = '0004_law_and_clerk'")
        )
    url = settings.database_url.get_secret_value()
    await asyncio.to_thread(migrate, "supervision", url)


@pytest.mark.usefixtures("_migrated_again")
async def test_the_own_ledgers_duties_are_taken_over(world: World, case: Case) -> None:
    kept = await world.duty(case, "static-99r-before-placement")

    answer = await world.get("/v1/owed-duties?unit=adult", world.officer)

    (item,) = answer.json()["items"]
    assert (item["duty_id"], item["service"]) == (kept["duty_id"], "supervision")
    assert (item["about_kind"], item["about_id"]) == (kept["subject_kind"], kept["subject_id"])
    same = ("rule", "regime", "case_id", "owner_role", "owner_agency", "owner_person")
    assert {name: item[name] for name in same} == {name: kept[name] for name in same}
    dates = ("started_on", "due_on", "due_at", "state", "met_on")
    assert {name: item[name] for name in dates} == {name: kept[name] for name in dates}
    assert str((await listed(world, world.officer))[0]) == kept["duty_id"]

"""A system that kept duties before it had an overview: its own are in it from the start."""

import pytest
from sqlalchemy import text

from integration.played_migrations import play_again
from integration.supervision.told_duties import listed
from integration.supervision.world import Case, World
from supervision.service import SERVICE
from supervision.settings import Settings


@pytest.fixture
async def _migrated_again(world: World, case: Case, settings: Settings) -> None:
    """Take the overview away, with a duty in the ledger, and let its migration make it again."""
    await world.duty(case, "static-99r-before-placement")
    async with world.database.engine.begin() as connection:
        await connection.execute(text("DROP TABLE known_duties"))
    url = settings.database_url.get_secret_value()
    await play_again(SERVICE, url, before="0002_supervision", revision="0005_duty_overview")


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

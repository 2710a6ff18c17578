"""Overview, counts and reports say nothing of a rule whose misses they cannot know, and say so."""

from datetime import date

from integration.supervision.told_duties import met, owed
from integration.supervision.world import Case, World
from shared.security.principals import Role

DUE = date(2026, 11, 30)


async def test_monthly_contacts_are_in_no_list_no_count_and_no_report(
    world: World, case: Case
) -> None:
    await owed(world, case, rule="monthly-contact", due_on=DUE)
    await met(world, case, DUE, rule="monthly-contact", due_on=DUE)
    lead = world.of_agency(Role.AGENCY_LEAD)
    asked = f"agency={world.agency}&rule=monthly-contact"

    listed = (await world.get(f"/v1/owed-duties?{asked}", lead)).json()
    counted = (await world.get(f"/v1/owed-duty-counts?{asked}", lead)).json()
    reported = (
        await world.get("/v1/timeliness-reports?from=2026-11-01&until=2026-12-31&by=agency", lead)
    ).json()

    assert (listed["items"], counted["unmet"], reported["groups"]) == ([], 0, [])
    for said in (listed, counted, reported):
        (left_out,) = said["not_reported"]
        assert left_out["rule"] == "monthly-contact"
        assert "contact-months" in left_out["reason"]

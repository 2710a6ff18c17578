"""Which team a case has on a day, which are to come, and what a team that never worked leaves."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from integration.supervision.board import suspended, told
from integration.supervision.world import Case, World, granted

CONTACT = "monthly-contact"


@pytest.fixture
async def at_work(world: World, case: Case) -> dict[str, Any]:
    """A team that works since the first of the month; the clock says November 23, 2026."""
    await world.certify_team()
    return dict((await world.form_team(case, "2026-11-01")).json())


async def form_with_another_provider(world: World, case: Case, day: str) -> dict[str, Any]:
    world.provider_id = uuid4()
    await world.hear(granted("provider", world.provider_id))
    answer = await world.form_team(case, day)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def team_of(world: World, case: Case, query: str = "") -> dict[str, Any]:
    answer = await world.get(f"/v1/cases/{case.id}/team{query}", world.officer)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def contact_duties(world: World, case: Case) -> list[tuple[str, str]]:
    answer = await world.get(f"/v1/duties?case_id={case.id}&rule={CONTACT}", world.officer)
    return [(each["due_on"], each["state"]) for each in answer.json()["items"]]


async def test_the_team_of_a_case_is_the_one_of_the_day_asked_and_not_one_to_come(
    world: World, case: Case, at_work: dict[str, Any]
) -> None:
    to_come = await form_with_another_provider(world, case, "2026-12-30")

    today = await team_of(world, case)
    eve = await team_of(world, case, "?as_of=2026-12-29")
    then = await team_of(world, case, "?as_of=2026-12-30")

    assert [each["team_id"] for each in (today, eve)] == [at_work["team_id"]] * 2
    assert (today["state"], today["effective_until"]) == ("at-work", "2026-12-30")
    assert (then["team_id"], then["state"]) == (to_come["team_id"], "to-come")


async def test_a_case_whose_first_team_is_to_come_says_from_when(world: World, case: Case) -> None:
    await world.certify_team()
    await world.form_team(case, "2026-12-01")

    answer = await world.get(f"/v1/cases/{case.id}/team", world.officer)

    assert answer.status_code == 404
    assert answer.json()["type"].endswith(":team-not-found")
    assert "no team on 2026-11-23; the next begins on 2026-12-01" in answer.json()["detail"]


@pytest.mark.usefixtures("at_work")
async def test_every_team_is_listed_and_one_that_never_worked_says_so(
    world: World, case: Case
) -> None:
    await form_with_another_provider(world, case, "2026-11-10")
    await form_with_another_provider(world, case, "2027-11-23")
    await form_with_another_provider(world, case, "2026-12-30")

    answer = await world.get(f"/v1/cases/{case.id}/teams", world.officer)

    assert answer.json()["next"] is None
    assert [
        (each["effective_from"], each["effective_until"], each["state"])
        for each in answer.json()["items"]
    ] == [
        ("2026-11-01", "2026-11-10", "ended"),
        ("2026-11-10", "2026-12-30", "at-work"),
        ("2026-12-30", None, "to-come"),
        ("2027-11-23", "2027-11-23", "never-worked"),
    ]
    assert (await world.audited(case.person_id))[-1] == "teams.read"


async def test_teams_are_listed_in_pages_to_those_who_see_the_case(
    world: World, case: Case, at_work: dict[str, Any]
) -> None:
    second = await form_with_another_provider(world, case, "2026-11-10")
    path = f"/v1/cases/{case.id}/teams"

    first_page = (await world.get(f"{path}?limit=1", world.provider)).json()
    last_page = (
        await world.get(f"{path}?limit=1&after={first_page['next']}", world.provider)
    ).json()
    other = await world.other_agency()

    assert [each["team_id"] for each in first_page["items"]] == [at_work["team_id"]]
    assert [each["team_id"] for each in last_page["items"]] == [second["team_id"]]
    assert last_page["next"] is None
    assert (await world.get(path, other.officer)).status_code == 404


@pytest.mark.usefixtures("at_work")
async def test_the_contact_of_a_team_that_never_worked_is_owed_no_more(
    world: World, case: Case
) -> None:
    await form_with_another_provider(world, case, "2027-11-23")
    before = await contact_duties(world, case)

    await form_with_another_provider(world, case, "2026-11-23")

    after = await contact_duties(world, case)
    assert before == [("2026-11-30", "open"), ("2027-11-30", "open")]
    assert after == [("2026-11-30", "open"), ("2027-11-30", "canceled")]


@pytest.mark.usefixtures("at_work")
async def test_the_contact_of_a_month_in_which_another_team_begins_stays_owed(
    world: World, case: Case
) -> None:
    await form_with_another_provider(world, case, "2026-12-20")

    await form_with_another_provider(world, case, "2026-12-10")

    duties = await contact_duties(world, case)
    assert duties == [("2026-11-30", "open"), ("2026-12-31", "open")]


async def test_the_contact_of_this_month_stays_owed_by_the_team_at_work(
    world: World, case: Case
) -> None:
    await world.certify_team()
    await world.form_team(case, "2026-10-15")
    await form_with_another_provider(world, case, "2026-11-25")

    await form_with_another_provider(world, case, "2026-10-20")

    assert await contact_duties(world, case) == [("2026-11-30", "open")]


@pytest.mark.usefixtures("at_work")
async def test_a_lapse_of_a_team_that_never_worked_is_resolved(world: World, case: Case) -> None:
    world.provider_id = uuid4()
    mistyped = granted("provider", world.provider_id)
    await world.hear(mistyped)
    await world.form_team(case, "2027-11-23")
    await world.hear(suspended(mistyped, date(2026, 11, 23)))
    before = await told(world, case)

    await form_with_another_provider(world, case, "2026-11-23")

    assert before == [("suspended", "open")]
    assert await told(world, case) == [("suspended", "team-changed")]


@pytest.mark.parametrize("followed", [[], ["2026-12-30"]])
async def test_the_same_team_sent_again_is_refused_and_named(
    world: World, case: Case, at_work: dict[str, Any], followed: list[str]
) -> None:
    body = world.team_body(case, "2026-11-01")
    for day in followed:
        await form_with_another_provider(world, case, day)
    before = await world.published(case.id)

    again = await world.post("/v1/teams", body, world.officer)

    assert again.status_code == 409
    assert again.json()["type"].endswith(":team-exists")
    assert "begins on 2026-11-01" in again.json()["detail"]
    assert again.json()["team_id"] == at_work["team_id"]
    assert await world.published(case.id) == before
    assert (await team_of(world, case))["team_id"] == at_work["team_id"]


async def test_a_team_that_never_worked_may_be_formed_again(world: World, case: Case) -> None:
    await world.certify_team()
    await world.form_team(case, "2026-12-01")
    body = world.team_body(case, "2026-12-01")
    await form_with_another_provider(world, case, "2026-12-01")

    again = await world.post("/v1/teams", body, world.officer)

    world.clock.set(datetime(2026, 12, 1, 18, tzinfo=UTC))
    assert again.status_code == 201
    assert (await team_of(world, case))["team_id"] == again.json()["team_id"]

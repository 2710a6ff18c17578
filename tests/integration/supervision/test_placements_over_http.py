"""The Static-99R is owed before placement: met, met late or open when the person is placed."""

from datetime import date
from uuid import uuid4

import pytest

from integration.supervision.world import Case, World
from shared.errors import NotYetKnownError

RULE = "static-99r-before-placement"


async def place(world: World, case: Case, placed_on: str) -> dict[str, object]:
    body = {"case_id": str(case.id), "placed_on": placed_on}
    answer = await world.post("/v1/placements", body, world.officer)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_static_99r_before_placement_meets_the_duty(world: World, case: Case) -> None:
    await world.hear(world.assessment(case.id, assessed_on=date(2026, 11, 20)))

    placed = await place(world, case, "2026-11-23")

    duty = await world.duty(case, RULE)
    assert (duty["state"], duty["met_on"]) == ("met", "2026-11-20")
    assert placed["static_99r"] == "recorded"
    assert placed["static_99r_assessed_on"] == "2026-11-20"
    file = (await world.get(f"/v1/cases/{case.id}", world.officer)).json()
    assert file["placement"]["placed_on"] == "2026-11-23"


async def test_the_answer_carries_the_etag_that_its_case_has_now(world: World, case: Case) -> None:
    before = await world.get(f"/v1/cases/{case.id}", world.officer)

    body = {"case_id": str(case.id), "placed_on": "2026-11-23"}
    placed = await world.post("/v1/placements", body, world.officer)

    after = await world.get(f"/v1/cases/{case.id}", world.officer)
    assert (before.headers["ETag"], placed.headers["ETag"]) == ('"1"', '"2"')
    assert after.headers["ETag"] == '"2"'


async def test_a_placement_before_there_was_such_a_duty_is_a_case_without_it(world: World) -> None:
    case = await world.open_case(
        sentenced_on="2011-01-10", starts_on="2011-06-01", placement_on="2011-06-01"
    )

    placed = await place(world, case, "2011-06-02")

    duties = await world.get(f"/v1/duties?case_id={case.id}", world.officer)
    assert duties.json()["items"] == []
    assert placed["static_99r"] == "missing"


@pytest.fixture
async def planned_before_the_rule(world: World) -> Case:
    """A case whose placement was planned for 2005, when nobody owed a Static-99R before it."""
    return await world.open_case(
        sentenced_on="2003-01-10", starts_on="2005-06-01", placement_on="2005-06-01"
    )


@pytest.mark.parametrize(
    ("assessed_on", "state"),
    [([], "open"), (["2026-11-18"], "met"), (["2026-11-22", "2026-11-21"], "met-late")],
)
async def test_a_placement_planned_before_there_was_such_a_duty_owes_it_by_the_day_that_came(
    world: World, planned_before_the_rule: Case, assessed_on: list[str], state: str
) -> None:
    case = planned_before_the_rule
    for day in assessed_on:
        await world.hear(world.assessment(case.id, assessed_on=date.fromisoformat(day)))

    await place(world, case, "2026-11-20")

    duty = await world.duty(case, RULE)
    assert (duty["state"], duty["due_on"]) == (state, "2026-11-20")
    assert duty["met_on"] == (min(assessed_on) if assessed_on else None)


async def test_a_static_99r_of_a_case_that_owes_none_is_kept(
    world: World, planned_before_the_rule: Case
) -> None:
    case = planned_before_the_rule

    await world.hear(world.assessment(case.id, assessed_on=date(2026, 11, 18)))

    placed = await place(world, case, "2005-06-02")
    assert (placed["static_99r"], placed["static_99r_assessed_on"]) == (
        ("recorded-late", "2026-11-18")
    )
    duties = await world.get(f"/v1/duties?case_id={case.id}", world.officer)
    assert duties.json()["items"] == []


async def test_a_placement_that_came_before_there_was_such_a_duty_cancels_the_planned_one(
    world: World,
) -> None:
    case = await world.open_case(
        sentenced_on="2011-01-10", starts_on="2011-06-01", placement_on="2026-11-20"
    )

    await place(world, case, "2011-06-02")

    duties = await world.get(f"/v1/duties?case_id={case.id}", world.officer)
    assert [each["state"] for each in duties.json()["items"]] == ["canceled"]


async def test_a_static_99r_after_the_day_of_placement_meets_the_duty_late(world: World) -> None:
    case = await world.open_case(placement_on="2026-11-10")

    await world.hear(world.assessment(case.id, assessed_on=date(2026, 11, 20)))

    duty = await world.duty(case, RULE)
    assert (duty["state"], duty["met_on"]) == ("met-late", "2026-11-20")
    assert (await place(world, case, "2026-11-10"))["static_99r"] == "recorded-late"


async def test_without_a_static_99r_the_duty_stands_open_and_overdue(world: World) -> None:
    case = await world.open_case(placement_on="2026-11-10")

    placed = await place(world, case, "2026-11-10")

    duty = await world.duty(case, RULE)
    assert (placed["static_99r"], placed["static_99r_assessed_on"]) == ("missing", None)
    assert (duty["state"], duty["is_overdue"]) == ("open", True)


async def test_a_placement_before_the_planned_day_makes_the_duty_due_on_that_day(
    world: World, case: Case
) -> None:
    await place(world, case, "2026-11-20")

    duty = await world.duty(case, RULE)
    assert (duty["due_on"], duty["is_overdue"]) == ("2026-11-20", True)


@pytest.mark.parametrize(
    ("planned", "placed", "before", "after"),
    [
        ("2026-12-01", "2026-11-18", "met", "met-late"),
        ("2026-11-10", "2026-11-22", "met-late", "met"),
    ],
)
async def test_the_day_that_came_says_whether_the_static_99r_was_in_time(
    world: World, planned: str, placed: str, before: str, after: str
) -> None:
    case = await world.open_case(placement_on=planned)
    await world.hear(world.assessment(case.id, assessed_on=date(2026, 11, 20)))
    assert (await world.duty(case, RULE))["state"] == before

    await place(world, case, placed)

    duty = await world.duty(case, RULE)
    assert (duty["state"], duty["due_on"]) == (after, placed)
    assert duty["met_on"] == "2026-11-20"


@pytest.mark.parametrize("order", [(5, 20), (20, 5)])
async def test_the_earliest_static_99r_counts_in_whatever_order_they_are_recorded(
    world: World, order: tuple[int, int]
) -> None:
    case = await world.open_case(placement_on="2026-11-10")

    for day in order:
        await world.hear(world.assessment(case.id, assessed_on=date(2026, 11, day)))

    duty = await world.duty(case, RULE)
    assert (duty["state"], duty["met_on"]) == ("met", "2026-11-05")


async def test_placement_and_duty_say_the_same_of_two_static_99rs(world: World) -> None:
    case = await world.open_case(placement_on="2026-11-30")
    for day in (20, 5):
        await world.hear(world.assessment(case.id, assessed_on=date(2026, 11, day)))

    placed = await place(world, case, "2026-11-10")

    duty = await world.duty(case, RULE)
    assert (placed["static_99r"], placed["static_99r_assessed_on"]) == ("recorded", "2026-11-05")
    assert (duty["state"], duty["met_on"]) == ("met", "2026-11-05")


async def test_a_case_says_of_its_placement_what_was_scored_since(world: World, case: Case) -> None:
    await place(world, case, "2026-11-18")

    await world.hear(world.assessment(case.id, assessed_on=date(2026, 11, 20)))

    found = (await world.get(f"/v1/cases/{case.id}", world.officer)).json()["placement"]
    assert (found["static_99r"], found["static_99r_assessed_on"]) == (
        ("recorded-late", "2026-11-20")
    )


async def test_a_second_static_99r_leaves_the_duty_as_it_was_met(world: World, case: Case) -> None:
    await world.hear(world.assessment(case.id, assessed_on=date(2026, 11, 20)))

    await world.hear(world.assessment(case.id, assessed_on=date(2026, 11, 22)))

    assert (await world.duty(case, RULE))["met_on"] == "2026-11-20"


async def test_another_instrument_does_not_meet_the_duty(world: World, case: Case) -> None:
    await world.hear(world.assessment(case.id, instrument="sra-fv"))

    assert (await world.duty(case, RULE))["state"] == "open"


async def test_a_placement_is_recorded_once(world: World, case: Case) -> None:
    first = await place(world, case, "2026-11-20")

    again = await world.post(
        "/v1/placements", {"case_id": str(case.id), "placed_on": "2026-11-21"}, world.officer
    )

    assert again.status_code == 409
    assert again.json()["type"].endswith(":already-placed")
    assert again.json()["placement_id"] == first["placement_id"]


@pytest.mark.parametrize("placed_on", ["2026-11-24", "2026-09-30", "2026-11-31"])
async def test_an_impossible_day_is_refused(world: World, case: Case, placed_on: str) -> None:
    answer = await world.post(
        "/v1/placements", {"case_id": str(case.id), "placed_on": placed_on}, world.officer
    )

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == "body.placed_on"


async def test_another_agencys_case_is_not_found(world: World, case: Case) -> None:
    other = await world.other_agency()

    answer = await world.post(
        "/v1/placements", {"case_id": str(case.id), "placed_on": "2026-11-20"}, other.officer
    )

    assert answer.status_code == 404


async def test_an_assessment_of_a_case_that_has_not_arrived_waits(world: World) -> None:
    with pytest.raises(NotYetKnownError):
        await world.hear(world.assessment(uuid4()))

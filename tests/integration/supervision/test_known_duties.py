"""What the overview knows of a duty: the latest that its ledger said, whatever came again."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from integration.supervision.told_duties import owed, snapshot
from integration.supervision.world import Case, World
from shared.events.duties import (
    DutyCanceled,
    DutyDueSoon,
    DutyHandedOver,
    DutyMet,
    DutyMoved,
    DutyOpened,
    DutyOverdue,
    DutyPaused,
    DutyReopened,
    DutyResumed,
)
from shared.events.event import Event
from shared.security.principals import Role

DAY = date(2026, 11, 24)
MOVED = {
    "because": "rulebook-change",
    "from_due_on": date(2026, 12, 1),
    "from_regime": "officer",
    "from_edition": "standards-2012",
    "from_owner_role": "officer",
}


async def known(world: World, duty_id: UUID) -> Any:  # noqa: ANN401 - a row of any columns
    (row,) = await world.rows("SELECT * FROM known_duties WHERE id = :id", id=duty_id)
    return row


@pytest.mark.parametrize(
    ("kind", "state", "more"),
    [
        (DutyMet, "met", {"met_on": DAY}),
        (DutyMet, "met-late", {"met_on": DAY}),
        (DutyReopened, "reopened", {}),
        (DutyPaused, "paused", {"paused_on": DAY}),
        (DutyResumed, "open", {"due_on": date(2026, 12, 9)}),
        (DutyCanceled, "canceled", {}),
        (DutyHandedOver, "open", {"from_agency": "elsewhere"}),
        (DutyMoved, "open", MOVED | {"due_on": date(2026, 12, 4)}),
    ],
)
async def test_each_change_of_a_duty_replaces_what_was_known(
    world: World, case: Case, kind: type[Event], state: str, more: dict[str, object]
) -> None:
    before = snapshot(case, owner_agency="elsewhere")
    after = snapshot(
        case, duty_id=before["duty_id"], version=2, state=state, owner_agency=world.agency, **more
    )
    await world.hear(DutyOpened.model_validate(before), "doj-gateway")

    await world.hear(kind.model_validate(after), "doj-gateway")

    row = await known(world, UUID(str(before["duty_id"])))
    assert (row.version, row.state, row.owner_agency) == (2, state, world.agency)
    assert (row.due_on, row.due_at) == (after["due_on"], after["due_at"])
    assert row.met_on == more.get("met_on")


async def test_what_met_a_duty_is_forgotten_when_it_is_reopened(world: World, case: Case) -> None:
    facts = snapshot(case)
    met = facts | {"version": 2, "state": "met", "met_on": DAY}
    await world.hear(DutyMet.model_validate(met), "scoring")

    await world.hear(
        DutyReopened.model_validate(facts | {"version": 3, "state": "reopened"}), "scoring"
    )

    assert (await known(world, UUID(str(facts["duty_id"])))).met_on is None


async def test_an_older_version_heard_again_changes_nothing(world: World, case: Case) -> None:
    facts = snapshot(case)
    canceled = DutyCanceled.model_validate(facts | {"version": 2, "state": "canceled"})
    await world.hear(canceled, "scoring")

    await world.hear(DutyOpened.model_validate(facts), "scoring")
    await world.hear(canceled, "scoring")

    row = await known(world, canceled.duty_id)
    assert (row.version, row.state) == (2, "canceled")


@pytest.mark.parametrize(
    ("kind", "more"), [(DutyDueSoon, {"days_before": 3}), (DutyOverdue, {"days_after": 0})]
)
async def test_a_notice_of_a_due_date_leaves_the_duty_as_it_is(
    world: World, case: Case, kind: type[Event], more: dict[str, object]
) -> None:
    facts = snapshot(case)
    await world.hear(DutyOpened.model_validate(facts), "scoring")
    before = await known(world, UUID(str(facts["duty_id"])))

    notice = facts | {"version": 7, "notify": "owner", "step": 1} | more
    await world.hear(kind.model_validate(notice), "scoring")

    assert await known(world, UUID(str(facts["duty_id"]))) == before


@pytest.mark.parametrize("ledger", ["certification", "supervision", "scoring", "doj-gateway"])
async def test_the_duties_of_every_ledger_are_known_with_where_they_are_explained(
    world: World, ledger: str
) -> None:
    duty_id = await owed(world, None, ledger, owner_agency=world.agency)

    answer = await world.get(f"/v1/owed-duties?service={ledger}", world.of_agency(Role.AGENCY_LEAD))

    (item,) = answer.json()["items"]
    assert (item["duty_id"], item["service"]) == (str(duty_id), ledger)
    assert item["explanation"] == {
        "service": ledger,
        "path": f"/v1/duties/{duty_id}/explanation",
    }
    assert (item["case_id"], item["person_id"], item["agency"]) == (None, None, None)


async def test_a_duty_of_a_case_says_whose_case_it_is(world: World, case: Case) -> None:
    await owed(world, case, owner_role="provider", owner_person=world.provider_id)

    answer = await world.get("/v1/owed-duties?owner_role=provider", world.officer)

    (item,) = answer.json()["items"]
    assert (item["case_id"], item["person_id"]) == (str(case.id), str(case.person_id))
    assert (item["agency"], item["unit"]) == (world.agency, "adult")
    assert item["owner_person"] == str(world.provider_id)
    assert (item["state"], item["is_overdue"]) == ("open", False)

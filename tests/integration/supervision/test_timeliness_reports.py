"""Reports of how duties are kept, against a table counted by hand."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from integration.supervision.told_duties import met, owed
from integration.supervision.world import Case, Headers, World
from shared.security.principals import Role

SPAN = "from=2026-10-01&until=2026-12-01"
START = date(2026, 10, 1)
DAYS_TO_MET = (1, 2, 4, 8, 20)
"""In time up to the tenth day. Median 4; the 90th percentile lies 0.6 of the way from 8 to 20."""


async def report(world: World, headers: Headers, query: str) -> list[dict[str, Any]]:
    answer = await world.get(f"/v1/timeliness-reports?{query}", headers)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["groups"])


@pytest.fixture
def rule() -> str:
    """A rule of the test's own: the database may hold others' duties."""
    return f"rule-{uuid4().hex[:8]}"


@pytest.fixture
async def kept(world: World, case: Case, rule: str) -> None:
    """Five met, two overdue, two pending, one canceled, two outside the span; all of one rule."""
    due: dict[str, Any] = {"rule": rule, "started_on": START, "due_on": START + timedelta(days=10)}
    for number in DAYS_TO_MET:
        state = "met" if number <= 10 else "met-late"
        await met(world, case, START + timedelta(days=number), state=state, **due)
    for differences in (
        {"state": "open"},
        {"state": "reopened"},
        {"state": "paused"},
        {"due_on": date(2026, 11, 30)},
        {"state": "canceled"},
        {"due_on": date(2026, 9, 30)},
        {"due_on": date(2026, 12, 1)},
    ):
        await owed(world, case, **(due | differences))


@pytest.mark.usefixtures("kept")
async def test_the_figures_are_those_counted_by_hand(world: World, rule: str) -> None:
    auditor = world.issuer.authorization(Role.AUDITOR)

    found = await report(world, auditor, f"{SPAN}&by=agency&rule={rule}")

    assert found == [
        {
            "group": world.agency,
            "rule": rule,
            "owed": 9,
            "met_in_time": 4,
            "met_late": 1,
            "overdue": 2,
            "pending": 2,
            "canceled": 1,
            "counts_toward_a_day": False,
            "median_days": 4.0,
            "percentile_90_days": pytest.approx(15.2),
        }
    ]


async def test_a_duty_owed_before_a_day_has_no_days_from_its_start(
    world: World, case: Case, rule: str
) -> None:
    expiry: dict[str, Any] = {"started_on": date(2026, 11, 30), "due_on": date(2026, 11, 30)}
    await met(world, case, date(2024, 11, 30), rule=rule, **expiry)
    await met(world, case, date(2026, 11, 29), rule=rule, **expiry)

    (found,) = await report(world, world.of_agency(Role.AGENCY_LEAD), f"{SPAN}&rule={rule}")

    assert (found["met_in_time"], found["counts_toward_a_day"]) == (2, True)
    assert (found["median_days"], found["percentile_90_days"]) == (None, None)


@pytest.mark.usefixtures("kept")
async def test_a_county_is_that_of_the_agency_of_the_case(world: World, rule: str) -> None:
    other = await world.other_agency()
    day = date(2026, 10, 5)
    await met(world, await other.open_case(), day, rule=rule, started_on=START, due_on=day)
    await owed(world, None, rule=rule, due_on=day, owner_agency=world.agency)

    auditor = world.issuer.authorization(Role.AUDITOR)
    by_county = await report(world, auditor, f"{SPAN}&by=county&rule={rule}")
    by_agency = await report(world, auditor, f"{SPAN}&by=agency&rule={rule}")

    assert [(each["group"], each["owed"]) for each in by_county] == [("Sacramento", 10), (None, 1)]
    assert {each["group"]: each["owed"] for each in by_agency} == {
        world.agency: 9,
        other.agency: 1,
        None: 1,
    }
    assert by_county[1]["median_days"] is None


@pytest.mark.usefixtures("kept")
async def test_an_agency_lead_sees_the_own_agency_alone(world: World, rule: str) -> None:
    other = await world.other_agency()
    await owed(world, await other.open_case(), rule=rule, due_on=START)
    await owed(world, None, rule=rule, due_on=START)

    own = await report(world, world.of_agency(Role.AGENCY_LEAD), f"{SPAN}&by=agency&rule={rule}")
    county = await report(world, world.of_agency(Role.AGENCY_LEAD), f"{SPAN}&rule={rule}")

    assert [each["group"] for each in own] == [world.agency]
    assert [(each["group"], each["owed"]) for each in county] == [("Sacramento", 9)]


async def test_rules_stand_apart_and_in_order(world: World, case: Case) -> None:
    for rule in ("share-score", "ls-cmi-seen"):
        await owed(world, case, rule=rule, due_on=START)

    found = await report(world, world.of_agency(Role.AGENCY_LEAD), f"{SPAN}&by=agency")

    assert [each["rule"] for each in found] == ["ls-cmi-seen", "share-score"]


async def test_a_report_of_nothing_is_empty_and_says_what_was_asked(world: World) -> None:
    answer = await world.get(f"/v1/timeliness-reports?{SPAN}", world.of_agency(Role.AGENCY_LEAD))

    said = answer.json()
    assert [each["rule"] for each in said.pop("not_reported")] == ["monthly-contact"]
    assert said == {
        "from": "2026-10-01",
        "until": "2026-12-01",
        "by": "county",
        "as_of": "2026-11-23T18:00:00Z",
        "groups": [],
    }


@pytest.mark.usefixtures("kept")
async def test_a_report_holds_no_id(world: World, case: Case, rule: str) -> None:
    answer = await world.get(
        f"/v1/timeliness-reports?{SPAN}&by=agency&rule={rule}",
        world.issuer.authorization(Role.BOARD_MANAGER),
    )

    assert answer.status_code == 200
    for secret in (case.id, case.person_id, world.officer_id):
        assert str(secret) not in answer.text


@pytest.mark.parametrize(
    "query",
    ["from=2026-12-01&until=2026-10-01", "from=2026-12-01&until=2026-12-01", "from=2026-12-01",
     "until=2026-12-01", f"{SPAN}&by=officer", f"{SPAN}&person_id=7", f"{SPAN}&rule=%00",
     "since=2026-10-01&until=2026-12-01", "from=2026-02-30&until=2026-12-01"],
)  # fmt: skip
async def test_a_span_or_filter_that_cannot_be_is_refused(world: World, query: str) -> None:
    answer = await world.get(
        f"/v1/timeliness-reports?{query}", world.issuer.authorization(Role.AUDITOR)
    )

    assert answer.status_code == 422


async def test_reports_are_for_overseers_the_board_manager_and_agency_leads(world: World) -> None:
    path = f"/v1/timeliness-reports?{SPAN}"
    without_agency = world.issuer.authorization(Role.AGENCY_LEAD)

    assert (await world.get(path, without_agency)).status_code == 403
    for role in (Role.OFFICER, Role.PROVIDER, Role.BOARD_REVIEWER, Role.SERVICE):
        assert (await world.get(path, world.issuer.authorization(role))).status_code == 403
    for role in (Role.AUDITOR, Role.OPERATOR, Role.BOARD_MANAGER):
        assert (await world.get(path, world.issuer.authorization(role))).status_code == 200

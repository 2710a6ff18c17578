"""How much is owed by when: thirty Californian days, over month ends and clock changes."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from integration.supervision.told_duties import owed
from integration.supervision.world import Case, Headers, World
from shared.clock import CALIFORNIA
from shared.security.principals import Role


async def counts(world: World, headers: Headers, query: str = "") -> dict[str, Any]:
    answer = await world.get(f"/v1/owed-duty-counts?{query}", headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def days(counted: Mapping[str, Any]) -> dict[str, int]:
    """The days on which something is due."""
    return {each["due_on"]: each["duties"] for each in counted["days"] if each["duties"]}


async def test_where_nothing_is_owed_every_day_is_there_with_zero(world: World) -> None:
    counted = await counts(world, world.officer)

    assert [each["due_on"] for each in counted["days"]] == [
        (date(2026, 11, 23) + timedelta(days=ahead)).isoformat() for ahead in range(30)
    ]
    assert days(counted) == {}
    assert [counted[name] for name in ("unmet", "overdue", "paused", "later")] == [0, 0, 0, 0]


async def test_each_duty_is_counted_once_over_a_month_end(world: World, case: Case) -> None:
    for due_on in (
        *(date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 30), date(2026, 11, 30)),
        *(date(2026, 12, 1), date(2026, 12, 22), date(2026, 12, 23), date(2027, 1, 4)),
    ):
        await owed(world, case, due_on=due_on)
    await owed(world, case, due_on=date(2026, 11, 30), state="paused")
    await owed(world, case, due_on=date(2026, 11, 30), state="canceled")
    await owed(world, case, due_on=date(2026, 11, 30), state="met")

    counted = await counts(world, world.officer)

    assert days(counted) == {
        "2026-11-23": 1,
        "2026-11-30": 2,
        "2026-12-01": 1,
        "2026-12-22": 1,
    }
    assert [counted[name] for name in ("unmet", "overdue", "paused", "later")] == [9, 1, 1, 2]


@pytest.mark.parametrize(
    ("day", "length"), [(date(2026, 11, 1), 25), (date(2027, 3, 14), 23), (date(2026, 12, 31), 24)]
)
async def test_a_day_ends_at_midnight_in_california_on_days_of_any_length(
    world: World, case: Case, day: date, length: int
) -> None:
    begins = datetime(day.year, day.month, day.day, tzinfo=CALIFORNIA).astimezone(UTC)
    await owed(world, case, due_on=day)

    world.clock.set(begins)
    at_first = await counts(world, world.officer)
    world.clock.set(begins + timedelta(hours=length, microseconds=-1))
    at_last = await counts(world, world.officer)
    world.clock.set(begins + timedelta(hours=length))
    after = await counts(world, world.officer)

    for counted in (at_first, at_last):
        assert counted["days"][0] == {"due_on": day.isoformat(), "duties": 1}
    assert (days(after), after["overdue"]) == ({}, 1)
    assert after["days"][0]["due_on"] == (day + timedelta(days=1)).isoformat()
    assert len({each["due_on"] for each in after["days"]}) == 30


async def test_counts_go_by_the_same_filters_as_the_list(world: World, case: Case) -> None:
    other = await world.other_agency()
    await owed(world, case, owner_person=world.provider_id, rule="share-score")
    await owed(world, await other.open_case(), owner_agency=world.agency, ledger="doj-gateway")
    auditor = world.issuer.authorization(Role.AUDITOR)

    for query, expected in (
        (f"agency={world.agency}", 2),
        (f"agency={world.agency}&unit=adult", 1),
        (f"agency={other.agency}", 1),
        (f"agency={world.agency}&service=doj-gateway", 1),
        (f"agency={world.agency}&rule=share-score", 1),
        (f"person_id={case.person_id}", 1),
        (f"owner_person={world.provider_id}", 1),
        (f"case_id={uuid4()}", 0),
    ):
        assert (query, (await counts(world, auditor, query))["unmet"]) == (query, expected)


async def test_what_two_reasons_show_is_counted_once(world: World, case: Case) -> None:
    await owed(world, case, owner_agency=world.agency, owner_person=world.officer_id)

    assert (await counts(world, world.officer))["unmet"] == 1


async def test_counting_one_persons_duties_is_on_the_audit_record(world: World, case: Case) -> None:
    await owed(world, case)

    await counts(world, world.officer)
    unnamed = await world.audited(case.person_id)
    await counts(world, world.officer, f"person_id={case.person_id}")
    await counts(world, world.officer, f"case_id={case.id}")

    assert "duty.counted" not in unnamed
    assert (await world.audited(case.person_id))[-2:] == ["duty.counted", "duty.counted"]


@pytest.mark.parametrize("query", ["state=met", "limit=3", "due_before=2026-12-01", "unit=A"])
async def test_a_filter_that_counts_do_not_have_is_refused(world: World, query: str) -> None:
    answer = await world.get(f"/v1/owed-duty-counts?{query}", world.officer)

    assert answer.status_code == 422

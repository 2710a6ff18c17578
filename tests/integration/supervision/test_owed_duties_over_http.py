"""The list of what is owed: its order, its pages, its filters, and the record of who looked."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from integration.supervision.told_duties import listed, met, owed
from integration.supervision.world import Case, World
from shared.security.principals import Role


async def test_the_list_is_read_in_pages_soonest_due_first(world: World, case: Case) -> None:
    days = [date(2026, 12, 3), date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 1)]
    ids = [await owed(world, case, due_on=day) for day in days]
    same_day = sorted([ids[1], ids[3]])

    first = (await world.get("/v1/owed-duties?limit=1", world.officer)).json()
    second = (
        await world.get(f"/v1/owed-duties?limit=2&after={first['next']}", world.officer)
    ).json()
    third = (
        await world.get(f"/v1/owed-duties?limit=2&after={second['next']}", world.officer)
    ).json()

    shown = [item["duty_id"] for page in (first, second, third) for item in page["items"]]
    assert shown == [str(each) for each in (*same_day, ids[2], ids[0])]
    assert third["next"] is None


async def test_what_several_indexes_find_is_one_list(world: World, case: Case) -> None:
    other = await world.other_agency()
    others_case = await other.open_case()
    ids = [
        await owed(world, case, due_on=date(2026, 12, 1), owner_person=world.officer_id),
        await owed(world, others_case, due_on=date(2026, 12, 2), owner_agency=world.agency),
        await owed(world, case, due_on=date(2026, 12, 3)),
        await owed(world, None, due_on=date(2026, 12, 4), owner_agency=world.agency),
    ]

    first = (await world.get("/v1/owed-duties?limit=3", world.officer)).json()

    assert [item["duty_id"] for item in first["items"]] == [str(each) for each in ids[:3]]
    assert await listed(world, world.officer, f"after={first['next']}") == ids[3:]


async def test_without_a_state_only_what_is_unmet_is_listed(world: World, case: Case) -> None:
    day = date(2026, 11, 24)
    done = await met(world, case, day)
    late = await met(world, case, day, state="met-late")
    ids = [
        await owed(world, case, state=state, due_on=date(2026, 12, number))
        for number, state in ((1, "open"), (2, "paused"), (3, "reopened"), (4, "canceled"))
    ]

    assert await listed(world, world.officer) == ids[:3]
    assert await listed(world, world.officer, "state=paused") == [ids[1]]
    assert await listed(world, world.officer, "state=canceled") == [ids[3]]
    assert await listed(world, world.officer, "state=met") == [done]
    assert await listed(world, world.officer, "state=met-late") == [late]


async def test_a_duty_is_overdue_from_the_midnight_that_ends_its_due_day(
    world: World, case: Case
) -> None:
    duty_id = await owed(world, case, due_on=date(2026, 11, 23))
    standing = await owed(world, case, due_on=date(2026, 11, 23), state="paused")
    in_time = await listed(world, world.officer, "overdue=true")

    world.clock.advance(timedelta(hours=14))  # midnight in California

    assert in_time == []
    assert await listed(world, world.officer, "overdue=true") == [duty_id]
    assert await listed(world, world.officer, "overdue=false") == [standing]
    answer = await world.get("/v1/owed-duties?overdue=true", world.officer)
    assert answer.json()["items"][0]["is_overdue"] is True


async def test_the_list_is_narrowed_to_person_case_owner_rule_and_date(
    world: World, case: Case
) -> None:
    other = await world.open_case()
    mine = await owed(
        world, case, rule="share-score", owner_person=world.provider_id, owner_role="provider"
    )
    theirs = await owed(world, other, owner_agency=str(world.program_id), due_on=date(2026, 12, 8))
    headers = world.officer

    assert await listed(world, headers) == [mine, theirs]
    for query, expected in (
        (f"person_id={case.person_id}", [mine]),
        (f"case_id={other.id}", [theirs]),
        (f"owner_person={world.provider_id}", [mine]),
        ("owner_role=provider", [mine]),
        ("rule=share-score", [mine]),
        (f"program={world.program_id}", [theirs]),
        ("due_before=2026-12-08", [mine]),
        ("unit=adult", [mine, theirs]),
        ("unit=juvenile", []),
        ("service=doj-gateway", []),
        (f"person_id={uuid4()}", []),
    ):
        assert (query, await listed(world, headers, query)) == (query, expected)


async def test_an_overseer_narrows_the_list_to_an_agency_and_its_unit(
    world: World, case: Case
) -> None:
    other = await world.other_agency()
    others = await owed(world, await other.open_case(), owner_agency=world.agency)
    own = await owed(world, case, due_on=date(2026, 12, 2))
    auditor = world.issuer.authorization(Role.AUDITOR)

    assert await listed(world, auditor, f"agency={world.agency}") == [others, own]
    assert await listed(world, auditor, f"agency={world.agency}&unit=adult") == [own]
    assert await listed(world, auditor, f"agency={other.agency}") == [others]
    assert await listed(world, auditor, "agency=nowhere") == []


async def test_a_page_is_on_the_audit_record_under_each_person_shown(
    world: World, case: Case
) -> None:
    other = await world.open_case()
    for each in (case, case, other):
        await owed(world, each, due_on=date(2026, 12, 1 if each is case else 2))

    await listed(world, world.officer, "limit=2")

    assert await world.audited(case.person_id) == ["person.recorded", "case.opened", "duty.listed"]
    assert "duty.listed" not in await world.audited(other.person_id)
    (entry,) = await world.rows(
        "SELECT authority FROM audit_entries WHERE subject_id = :id AND action = 'duty.listed'",
        id=case.person_id,
    )
    assert entry.authority == "team-member"


@pytest.mark.parametrize(
    "query",
    ["colour=red", "state=late", "service=shared", "owner_role=king", "agency=A B", "limit=0",
     "after=nothing", "due_before=2026-02-30", "person_id=7", "rule=%00", "unmet=true"],
)  # fmt: skip
async def test_a_filter_that_cannot_be_is_refused(world: World, query: str) -> None:
    answer = await world.get(f"/v1/owed-duties?{query}", world.officer)

    assert answer.status_code == 422


async def test_a_unit_without_its_agency_is_refused(world: World) -> None:
    answer = await world.get("/v1/owed-duties?unit=adult", world.issuer.authorization(Role.AUDITOR))

    assert answer.status_code == 422
    assert answer.json()["type"].endswith(":unit-without-agency")

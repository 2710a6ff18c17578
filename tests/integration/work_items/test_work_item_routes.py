"""The work item routes as every service serves them: who sees what, and closing by hand."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from integration.work_items.office import CASE, PROGRAM, PROVIDER, Office, opening
from shared.law.duty.duties import Subject
from shared.testing.clocks import FixedClock
from shared.work_items.work_items import Opening, WorkItemOwner


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("officer", True),
        ("colleague", True),
        ("supervisor", True),
        ("other-unit", False),
        ("no-unit", False),
        ("every-unit", True),
        ("moved", True),
        ("lead", True),
        ("elsewhere", False),
        ("provider", False),
        ("reviewer", False),
        ("auditor", True),
        ("operator", True),
    ],
)
async def test_a_cases_work_item_is_seen_by_its_agencys_unit_and_overseers(
    office: Office, who: str, *, sees: bool
) -> None:
    (item,) = await office.opened(opening())

    listed = await office.listed(who)
    shown = await office.get(who, f"/{item.id}")

    assert listed == ([item.id] if sees else [])
    assert shown.status_code == (200 if sees else 404)


async def test_a_work_item_of_no_unit_is_the_whole_agencys(office: Office) -> None:
    owner = WorkItemOwner("officer", "sacramento-probation")
    (item,) = await office.opened(opening(owner=owner))

    assert await office.listed("other-unit") == [item.id]
    assert await office.listed("no-unit") == [item.id]


async def test_every_view_of_a_cases_work_item_is_on_the_audit_record(office: Office) -> None:
    (first, _) = await office.opened(opening(), opening(kind="another-kind"))

    await office.listed("officer")
    await office.get("colleague", f"/{first.id}")
    await office.get("other-unit", f"/{first.id}")

    entries = await office.rows(
        "SELECT action, subject_kind, subject_id FROM audit_entries ORDER BY id"
    )
    assert [tuple(each) for each in entries] == [
        ("work-item.listed", "case", CASE),
        ("work-item.read", "case", CASE),
    ]


def about_no_case(role: str) -> Opening:
    """What somebody in a role must look at, about nobody's case."""
    subject = Subject("certification", uuid4())
    return opening(subject=subject, case_id=None, owner=WorkItemOwner(role))


@pytest.mark.parametrize("who", ["reviewer", "manager"])
async def test_the_board_sees_and_closes_its_own(office: Office, who: str) -> None:
    (item,) = await office.opened(about_no_case("board-reviewer"))

    listed, answer = await office.listed(who), await office.resolve(who, item.id)

    assert (listed, answer.status_code) == ([item.id], 201)


@pytest.mark.parametrize("who", ["reviewer", "manager"])
async def test_what_concerns_no_case_yet_and_is_the_operators_is_none_of_the_board_s(
    office: Office, who: str
) -> None:
    (item,) = await office.opened(about_no_case("operator"))

    listed, answer = await office.listed(who), await office.resolve(who, item.id)

    assert (listed, answer.status_code) == ([], 404)
    assert (await office.resolve("operator", item.id)).status_code == 201


async def test_what_is_the_board_s_and_about_a_case_is_none_of_its_business(office: Office) -> None:
    await office.opened(opening(owner=WorkItemOwner("board-reviewer")))

    assert await office.listed("reviewer") == []


@pytest.mark.parametrize("owner", ["operator", "officer"])
async def test_whoever_sees_another_role_s_work_item_does_not_close_it(
    office: Office, owner: str
) -> None:
    (item,) = await office.opened(about_no_case(owner))

    answer = await office.resolve("reviewing-auditor", item.id)

    assert await office.listed("reviewing-auditor") == [item.id]
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("work-item-of-another-role")


@pytest.mark.parametrize(
    "owner",
    [
        WorkItemOwner("provider", person=PROVIDER),
        WorkItemOwner("program-representative", agency=str(PROGRAM)),
        WorkItemOwner("program-representative", person=PROGRAM),
    ],
)
async def test_providers_and_programs_see_their_own(office: Office, owner: WorkItemOwner) -> None:
    (item,) = await office.opened(opening(owner=owner))

    assert await office.listed("provider") == [item.id]


async def test_no_partner_reads_work_items(office: Office) -> None:
    assert (await office.get("partner")).status_code == 403


async def test_a_list_is_narrowed_by_each_of_its_filters(office: Office) -> None:
    first, second = await office.opened(
        opening(), opening(kind="other", subject=Subject("share", uuid4()), case_id=uuid4())
    )
    await office.resolve("officer", second.id)
    about = first.opening.subject.id

    queries = (
        "?kind=certification-lapsed",
        "?subject_kind=case",
        f"?subject_id={about}",
        f"?case_id={first.opening.case_id}",
        "?is_open=true",
    )
    assert [await office.listed("officer", query) for query in queries] == [[first.id]] * 5
    assert await office.listed("officer", "?is_open=false") == [second.id]
    assert await office.listed("auditor", "?owner_unit=juvenile") == []
    assert await office.listed("auditor", f"?owner_person={uuid4()}") == []


async def test_pages_lead_through_all_the_oldest_first(office: Office, clock: FixedClock) -> None:
    opened: list[UUID] = []
    for _ in range(3):
        (item,) = await office.opened(opening())
        opened.append(item.id)
        clock.advance(timedelta(minutes=1))

    first = (await office.get("officer", "?limit=2")).json()
    second = (await office.get("officer", f"?limit=2&after={first['next']}")).json()

    found = [UUID(item["work_item_id"]) for item in first["items"] + second["items"]]
    assert found == opened
    assert second["next"] is None


async def test_its_officer_closes_it_and_the_audit_record_knows(office: Office) -> None:
    (item,) = await office.opened(opening())

    answer = await office.resolve("officer", item.id, "not-needed")

    shown = await office.get("officer", f"/{item.id}")
    assert (answer.status_code, shown.headers["etag"]) == (201, '"2"')
    assert answer.json() == shown.json()
    assert (answer.json()["is_open"], answer.json()["resolution"]) == (False, "not-needed")
    (entry, _) = await office.rows("SELECT action, subject_id FROM audit_entries ORDER BY id")
    assert tuple(entry) == ("work-item.resolved", item.id)
    assert (await office.announced())[-1][0] == "supervision.work-item.resolved"


async def test_closing_it_twice_is_refused_with_how_it_ended(office: Office) -> None:
    (item,) = await office.opened(opening())
    await office.resolve("officer", item.id, key="once")

    repeated = await office.resolve("officer", item.id, key="once")
    second = await office.resolve("colleague", item.id)

    assert repeated.status_code == 201
    assert second.status_code == 409
    assert second.json()["resolution"] == "handled"
    assert len(await office.announced()) == 2


async def test_whoever_may_not_see_it_cannot_close_it(office: Office) -> None:
    (item,) = await office.opened(opening())

    answers = [await office.resolve(who, item.id) for who in ("elsewhere", "other-unit")]
    by_auditor = await office.resolve("auditor", item.id)

    assert [answer.status_code for answer in answers] == [404, 404]
    assert by_auditor.status_code == 403
    assert await office.listed("officer", "?is_open=true") == [item.id]


async def test_a_code_for_facts_is_none_for_persons(office: Office) -> None:
    (item,) = await office.opened(opening())

    answer = await office.resolve("officer", item.id, "reinstated")

    assert answer.status_code == 422

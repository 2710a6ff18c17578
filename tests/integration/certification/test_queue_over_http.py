"""The Board's queue over HTTP: order, bands, loads, where time went, and who is barred."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from integration.certification.board_office import ANOTHER, BoardOffice, Json
from shared.identifiers import new_id
from shared.security.principals import Role
from shared.testing.clocks import FixedClock


@pytest.fixture
async def empty_office(office: BoardOffice) -> BoardOffice:
    """The office with no file of another test in its queue."""
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE applications, duties CASCADE"))
    return office


async def _queue(office: BoardOffice, **query: str | int) -> Json:
    answer = await office.http.get("/v1/queue", params=query, headers=office.reviewer)
    assert answer.status_code == 200, answer.text
    page: Json = answer.json()
    return page


async def _complete_one(office: BoardOffice, **changes: object) -> str:
    submitted = await office.submit(office.provider_body(**ANOTHER, **changes))
    await office.complete(submitted["application_id"])
    identity: str = submitted["application_id"]
    return identity


async def test_the_queue_is_in_order_of_completeness_with_its_age_in_days(
    empty_office: BoardOffice, clock: FixedClock
) -> None:
    first = await _complete_one(empty_office)
    clock.advance(timedelta(days=20))
    second = await _complete_one(empty_office)

    page = await _queue(empty_office)

    assert [each["application_id"] for each in page["items"]] == [first, second]
    assert [each["queue_position"] for each in page["items"]] == [1, 2]
    assert [each["age_days"] for each in page["items"]] == [20, 0]
    assert [each["age_band"] for each in page["items"]] == ["16-30", "0-15"]
    assert [each["days_left"] for each in page["items"]] == [25, 45]
    assert page["target_days"] == 45


async def test_bands_overdue_and_descending_order_are_asked_for(
    empty_office: BoardOffice, clock: FixedClock
) -> None:
    oldest = await _complete_one(empty_office)
    clock.advance(timedelta(days=30))
    middle = await _complete_one(empty_office)
    clock.advance(timedelta(days=16))

    over = await _queue(empty_office, age_band="over-45")
    between = await _queue(empty_office, age_band="16-30")
    overdue = await _queue(empty_office, overdue=True)
    latest = await _queue(empty_office, sort="-due_at")

    assert [each["application_id"] for each in over["items"]] == [oldest]
    assert [each["application_id"] for each in between["items"]] == [middle]
    assert [each["application_id"] for each in overdue["items"]] == [oldest]
    assert [each["application_id"] for each in latest["items"]] == [middle, oldest]


@pytest.mark.parametrize("sort", ["completed_at", "-completed_at", "due_at", "-due_at"])
async def test_pages_of_the_queue_follow_each_other(
    empty_office: BoardOffice, clock: FixedClock, sort: str
) -> None:
    known = set()
    for _ in range(5):
        known.add(await _complete_one(empty_office))
        clock.advance(timedelta(days=1))

    one = await _queue(empty_office, sort=sort, limit=2)
    two = await _queue(empty_office, sort=sort, limit=2, after=one["next"])
    three = await _queue(empty_office, sort=sort, limit=2, after=two["next"])

    found = [each["application_id"] for page in (one, two, three) for each in page["items"]]
    assert (len(found), set(found), three["next"]) == (5, known, None)


async def test_files_complete_at_the_same_instant_are_each_on_one_page(
    empty_office: BoardOffice,
) -> None:
    known = [await _complete_one(empty_office) for _ in range(3)]

    one = await _queue(empty_office, limit=1)
    two = await _queue(empty_office, limit=1, after=one["next"])
    three = await _queue(empty_office, limit=1, after=two["next"])

    found = [each["application_id"] for page in (one, two, three) for each in page["items"]]
    assert found == known


async def test_a_review_begun_leaves_the_line_and_a_release_gives_its_place_back(
    empty_office: BoardOffice,
) -> None:
    first = await _complete_one(empty_office)
    second = await _complete_one(empty_office)
    url = f"/v1/applications/{first}"

    begun = await empty_office.http.post(f"{url}/reviews", headers=empty_office.reviewer)
    in_review = await _queue(empty_office, state="in-review")
    in_line = await _queue(empty_office, state="complete")
    released = await empty_office.http.post(f"{url}/releases", headers=empty_office.reviewer)
    again = await _queue(empty_office, state="complete")

    assert (begun.status_code, released.status_code) == (201, 201)
    assert [each["application_id"] for each in in_review["items"]] == [first]
    assert [each["application_id"] for each in in_line["items"]] == [second]
    assert in_line["items"][0]["queue_position"] == 1
    assert [each["application_id"] for each in again["items"]] == [first, second]


async def test_the_one_with_the_fewest_files_gets_the_next(empty_office: BoardOffice) -> None:
    manager = empty_office.holding(Role.BOARD_MANAGER)
    busy, idle = str(new_id()), str(new_id())
    for reviewer in (busy, None):
        file = await _complete_one(empty_office)
        body = {"reviewer": reviewer} if reviewer else {"among": [busy, idle]}
        answer = await empty_office.http.post(
            f"/v1/applications/{file}/assignments", json=body, headers=manager
        )

    loads = await empty_office.http.get("/v1/queue-loads", headers=manager)

    assert answer.json()["reviewer"] == idle
    assert {each["reviewer_id"]: each["in_line"] for each in loads.json()["items"]} == {
        busy: 1,
        idle: 1,
    }


async def test_a_conflict_of_interest_bars_a_reviewer_from_every_act_on_the_file(
    empty_office: BoardOffice,
) -> None:
    submitted = await empty_office.submit(empty_office.provider_body())
    url = f"/v1/applications/{submitted['application_id']}"
    manager = empty_office.holding(Role.BOARD_MANAGER)
    reviewer = str(empty_office.reviewer_id)
    conflict = {"reviewer": reviewer, "holder_id": submitted["holder_id"], "reason": "a cousin"}
    declared = await empty_office.http.post(
        "/v1/conflicts-of-interest", json=conflict, headers=manager
    )

    refused = [
        await empty_office.http.post(
            f"{url}/assignments", json={"reviewer": reviewer}, headers=manager
        ),
        await empty_office.http.post(f"{url}/completions", headers=empty_office.reviewer),
        await empty_office.http.post(f"{url}/deficiencies", json={}, headers=empty_office.reviewer),
        await empty_office.http.post(f"{url}/abandonments", headers=empty_office.reviewer),
        await empty_office.http.post(
            f"{url}/live-scan-statuses", json={"status": "cleared"}, headers=empty_office.reviewer
        ),
        await empty_office.http.post(
            f"{url}/item-reviews",
            json={"item": "fee", "outcome": "accepted"},
            headers=empty_office.reviewer,
        ),
    ]
    ended = await empty_office.http.post(
        f"/v1/conflicts-of-interest/{declared.json()['conflict_id']}/endings", headers=manager
    )
    allowed = await empty_office.http.post(f"{url}/completions", headers=empty_office.reviewer)

    assert {each.status_code for each in refused} == {403}
    assert {each.json()["type"] for each in refused} == {"urn:casomb:problem:conflict-of-interest"}
    assert (ended.status_code, allowed.status_code) == (201, 201)


async def _decided_after_twenty_days(office: BoardOffice, clock: FixedClock) -> str:
    """Checked for two days, five with the applicant, ten in line, three in review."""
    body = office.provider_body()
    body["documents"] = body["documents"][1:]
    identity: str = (await office.submit(body))["application_id"]
    url = f"/v1/applications/{identity}"
    clock.advance(timedelta(days=2))
    await office.http.post(f"{url}/deficiencies", json={}, headers=office.reviewer)
    clock.advance(timedelta(days=5))
    item = {"item": "application-form"}
    await office.http.post(f"{url}/documents", json=item, headers=office.applicant)
    await office.complete(identity)
    clock.advance(timedelta(days=10))
    await office.http.post(f"{url}/reviews", headers=office.reviewer)
    clock.advance(timedelta(days=3))
    await office.decide(identity)
    return identity


async def test_a_file_and_a_report_say_where_the_time_went(
    empty_office: BoardOffice, clock: FixedClock
) -> None:
    identity = await _decided_after_twenty_days(empty_office, clock)

    shown = await empty_office.show(identity)
    period = {"since": "2026-11-01", "until": "2027-01-01"}
    report = await empty_office.http.get(
        "/v1/queue-reports", params=period, headers=empty_office.reviewer
    )

    said = report.json()
    assert shown["time_split"] == {
        "waiting_on_applicant_days": 5.0,
        "being_checked_days": 2.0,
        "in_line_days": 10.0,
        "in_review_days": 3.0,
    }
    assert {each["step"]: each["median_days"] for each in said["spent"]} == {
        "waiting-on-applicant": 5.0,
        "being-checked": 2.0,
        "in-line": 10.0,
        "in-review": 3.0,
        "total": 20.0,
    }
    assert (said["decided_in_time"], said["decided_late"]) == (1, 0)
    assert said["bounces"] == [{"item": "application-form", "files": 1, "times": 1, "sent_back": 0}]


async def test_an_item_that_never_came_is_not_reviewed(empty_office: BoardOffice) -> None:
    submitted = await empty_office.submit(empty_office.provider_body(documents=[]))

    answer = await empty_office.http.post(
        f"/v1/applications/{submitted['application_id']}/item-reviews",
        json={"item": "fee", "outcome": "accepted"},
        headers=empty_office.reviewer,
    )

    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:casomb:problem:document-not-found"


async def test_an_item_is_returned_and_accepted_by_itself(empty_office: BoardOffice) -> None:
    submitted = await empty_office.submit(empty_office.provider_body())
    url = f"/v1/applications/{submitted['application_id']}"
    returned = await empty_office.http.post(
        f"{url}/item-reviews",
        json={"item": "fee", "outcome": "returned", "reason": "the check bounced"},
        headers=empty_office.reviewer,
    )
    refused = await empty_office.http.post(f"{url}/completions", headers=empty_office.reviewer)
    await empty_office.http.post(
        f"{url}/documents", json={"item": "fee"}, headers=empty_office.applicant
    )
    accepted = await empty_office.http.post(
        f"{url}/item-reviews",
        json={"item": "fee", "outcome": "accepted"},
        headers=empty_office.reviewer,
    )

    shown = await empty_office.show(submitted["application_id"])
    fees = [each for each in shown["documents"] if each["item"] == "fee"]
    assert [returned.headers["etag"], accepted.headers["etag"]] == ['"2"', '"4"']
    assert (returned.json()["state"], returned.json()["missing"]) == ("incomplete", ["fee"])
    assert refused.json()["type"] == "urn:casomb:problem:incomplete"
    assert accepted.json()["missing"] == []
    assert [each["review"] for each in fees] == ["returned", "accepted"]
    assert fees[0]["superseded_at"] is not None

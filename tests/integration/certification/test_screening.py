"""The check for completeness is owed with a clock of its own: 10 days, which is configuration."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from integration.certification.board_office import ANOTHER, PROVIDER_ITEMS, BoardOffice, Json
from integration.certification.program_desk import refusal
from shared.security.principals import Role
from shared.testing.clocks import FixedClock


@pytest.fixture
async def empty_office(office: BoardOffice) -> BoardOffice:
    """The office with no file of another test in its queue."""
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE applications, duties CASCADE"))
    return office


async def _screening(office: BoardOffice, application_id: str) -> list[tuple[str, str]]:
    duties = await office.duties("screen-application", application_id)
    return [(each["state"], each["due_on"]) for each in duties]


async def _send_back(office: BoardOffice, application_id: str, *items: str) -> None:
    named = [{"item": item, "reason": "not signed"} for item in items]
    answer = await office.http.post(
        f"/v1/applications/{application_id}/deficiencies",
        json={"items": named} if named else {},
        headers=office.reviewer,
    )
    assert answer.status_code == 201, answer.text


async def _answer(office: BoardOffice, application_id: str, item: str) -> None:
    answer = await office.http.post(
        f"/v1/applications/{application_id}/documents",
        json={"item": item},
        headers=office.applicant,
    )
    assert answer.status_code == 201, answer.text


async def _lacking_the_fee(office: BoardOffice) -> str:
    submitted = await office.submit(office.provider_body(documents=list(PROVIDER_ITEMS[:-1])))
    found: str = submitted["application_id"]
    return found


async def test_a_file_nobody_looks_at_is_overdue_on_the_eleventh_day(
    office: BoardOffice, clock: FixedClock
) -> None:
    submitted = await office.submit(office.provider_body())
    clock.advance(timedelta(days=11))

    (duty,) = await office.duties("screen-application", submitted["application_id"])

    assert (duty["state"], duty["due_on"], duty["is_overdue"]) == ("open", "2026-11-30", True)
    assert (duty["owner_role"], duty["owner_person"]) == ("board-reviewer", None)


async def test_a_draft_is_screened_from_the_day_it_was_handed_in(
    office: BoardOffice, clock: FixedClock
) -> None:
    draft = await office.submit(office.provider_body(draft=True))
    before = await _screening(office, draft["application_id"])
    clock.advance(timedelta(days=5))

    await office.http.post(
        f"/v1/applications/{draft['application_id']}/submissions", headers=office.applicant
    )

    assert before == []
    assert await _screening(office, draft["application_id"]) == [("open", "2026-12-05")]


async def test_screening_is_met_by_finding_the_file_complete(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())

    await office.complete(submitted["application_id"])

    assert await _screening(office, submitted["application_id"]) == [("met", "2026-11-30")]


async def test_screening_is_met_by_a_notice_and_owed_again_when_the_last_answer_has_come(
    office: BoardOffice, clock: FixedClock
) -> None:
    application_id = await _lacking_the_fee(office)
    clock.advance(timedelta(days=2))
    await _send_back(office, application_id)
    while_waiting = await _screening(office, application_id)
    clock.advance(timedelta(days=20))

    await _answer(office, application_id, "fee")

    assert while_waiting == [("met", "2026-11-30")]
    assert sorted(await _screening(office, application_id)) == [
        ("met", "2026-11-30"),
        ("open", "2026-12-22"),
    ]


async def test_a_notice_that_is_answered_on_the_day_of_the_application_leaves_screening_owed(
    office: BoardOffice,
) -> None:
    application_id = await _lacking_the_fee(office)
    await _send_back(office, application_id)
    await _answer(office, application_id, "fee")
    after_the_answer = await _screening(office, application_id)

    await office.complete(application_id)

    assert after_the_answer == [("reopened", "2026-11-30")]
    assert await _screening(office, application_id) == [("met", "2026-11-30")]


async def test_a_file_found_deficient_after_it_was_complete_is_screened_again(
    office: BoardOffice, clock: FixedClock
) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    clock.advance(timedelta(days=3))
    await _send_back(office, submitted["application_id"], "attestation")
    clock.advance(timedelta(days=4))
    await _answer(office, submitted["application_id"], "attestation")

    owed = await _screening(office, submitted["application_id"])

    assert sorted(owed) == [("met", "2026-11-30"), ("open", "2026-12-07")]


async def test_a_withdrawn_file_is_screened_no_more(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())

    await office.http.post(
        f"/v1/applications/{submitted['application_id']}/withdrawals", headers=office.applicant
    )

    assert await _screening(office, submitted["application_id"]) == [("canceled", "2026-11-30")]


async def test_whoever_is_assigned_owes_the_screening(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    reviewer = uuid4()

    await office.http.post(
        f"/v1/applications/{submitted['application_id']}/assignments",
        json={"reviewer": str(reviewer)},
        headers=office.holding(Role.BOARD_MANAGER),
    )

    (duty,) = await office.duties("screen-application", submitted["application_id"])
    assert duty["owner_person"] == str(reviewer)


async def _queue(office: BoardOffice, **query: str) -> Json:
    answer = await office.http.get(
        "/v1/queue", params={"owed": "screening", "limit": "200", **query}, headers=office.reviewer
    )
    assert answer.status_code == 200, answer.text
    page: Json = answer.json()
    return page


async def test_the_queue_shows_what_is_to_be_screened_with_its_age_and_what_is_overdue(
    office: BoardOffice, clock: FixedClock
) -> None:
    old = await office.submit(office.provider_body())
    clock.advance(timedelta(days=12))
    new = await office.submit(office.program_body())

    page = await _queue(office)
    overdue = await _queue(office, overdue="true")
    programs = await _queue(office, kind="program", age_band="0-15")

    lines = {each["application_id"]: each for each in page["items"]}
    oldest = lines[old["application_id"]]
    assert page["target_days"] == 10
    assert (oldest["owed"], oldest["due_on"], oldest["days_left"]) == (
        "screening",
        "2026-11-30",
        -2,
    )
    assert (oldest["age_days"], oldest["completed_on"]) == (12, None)
    assert old["application_id"] in {each["application_id"] for each in overdue["items"]}
    assert new["application_id"] not in {each["application_id"] for each in overdue["items"]}
    assert [each["application_id"] for each in programs["items"]] == [new["application_id"]]


async def test_a_file_to_be_screened_stands_in_no_list_of_decisions(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())

    decisions = await _queue(office, owed="decision")
    refused = await office.http.get(
        "/v1/queue",
        params={"owed": "screening", "sort": "completed_at"},
        headers=office.reviewer,
    )

    listed = {each["application_id"] for each in decisions["items"]}
    assert submitted["application_id"] not in listed
    assert refusal(refused) == (422, "no-complete-date")


async def test_a_report_counts_what_was_screened_in_time_and_late(
    empty_office: BoardOffice, clock: FixedClock
) -> None:
    in_time = await empty_office.submit(empty_office.provider_body())
    await empty_office.complete(in_time["application_id"])
    late = await empty_office.submit(empty_office.provider_body(**ANOTHER))
    clock.advance(timedelta(days=11))
    await empty_office.complete(late["application_id"])

    period = {"since": "2026-11-01", "until": "2027-01-01"}
    report = await empty_office.http.get(
        "/v1/queue-reports", params=period, headers=empty_office.reviewer
    )

    assert report.json()["screened_in_time"] == 1
    assert report.json()["screened_late"] == 1


async def test_a_load_counts_the_screenings_that_are_overdue(
    empty_office: BoardOffice, clock: FixedClock
) -> None:
    await empty_office.submit(empty_office.provider_body())
    clock.advance(timedelta(days=11))

    loads = await empty_office.http.get("/v1/queue-loads", headers=empty_office.reviewer)

    (nobodys,) = loads.json()["items"]
    assert (nobodys["reviewer_id"], nobodys["being_checked"]) == (None, 1)
    assert (nobodys["screening_overdue"], nobodys["overdue"]) == (1, 0)

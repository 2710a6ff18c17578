"""A complete file later found deficient: the Board's clock stands while the applicant must answer.

That it pauses, and does not begin anew, is this system's policy.
"""

from datetime import timedelta

import httpx
import pytest

from integration.certification.board_office import ANOTHER, BoardOffice, Json
from shared.security.principals import Role
from shared.testing.clocks import FixedClock

SENT_BACK = {"items": [{"item": "attestation", "reason": "not signed"}]}


@pytest.fixture
async def file(office: BoardOffice) -> str:
    """The path of a file found complete on November 20, 2026, so due on January 4, 2027."""
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    return f"/v1/applications/{submitted['application_id']}"


async def send_back(office: BoardOffice, file: str, body: Json = SENT_BACK) -> httpx.Response:
    return await office.http.post(f"{file}/deficiencies", json=body, headers=office.reviewer)


async def answer(office: BoardOffice, file: str) -> httpx.Response:
    item = {"item": "attestation"}
    return await office.http.post(f"{file}/documents", json=item, headers=office.applicant)


async def decide_duty(office: BoardOffice, file: str) -> Json:
    (duty,) = await office.duties("decide-application", file.rsplit("/", 1)[-1])
    return duty


async def test_an_item_sent_back_is_missing_again_and_the_clock_stands(
    office: BoardOffice, clock: FixedClock, file: str
) -> None:
    clock.advance(timedelta(days=10))

    sent = await send_back(office, file)

    shown = await office.show(file.rsplit("/", 1)[-1])
    duty = await decide_duty(office, file)
    assert (sent.status_code, sent.json()["items"]) == (201, ["attestation"])
    assert (shown["state"], shown["waiting_on"]) == ("waiting-on-applicant", "applicant")
    assert (shown["missing"], shown["queue_position"]) == (["attestation"], None)
    assert (shown["completed_on"], shown["paused_on"]) == ("2026-11-20", "2026-11-30")
    assert (duty["state"], duty["paused_on"]) == ("paused", "2026-11-30")


async def test_what_was_sent_back_keeps_the_day_on_which_it_had_come(
    office: BoardOffice, clock: FixedClock, file: str
) -> None:
    clock.advance(timedelta(days=10))
    await send_back(office, file)
    clock.advance(timedelta(days=4))
    await answer(office, file)

    shown = await office.show(file.rsplit("/", 1)[-1])
    (item,) = shown["deficiencies"][0]["items"]
    documents = {each["item"]: each["received_on"] for each in shown["documents"]}
    assert (item["was_received_on"], item["cured_on"]) == ("2026-11-20", "2026-12-04")
    assert documents["attestation"] == "2026-12-04"
    assert documents["fee"] == "2026-11-20"


async def test_the_answer_starts_the_clock_again_later_by_the_days_it_stood(
    office: BoardOffice, clock: FixedClock, file: str
) -> None:
    clock.advance(timedelta(days=10))
    await send_back(office, file)
    clock.advance(timedelta(days=4))

    answered = await answer(office, file)

    duty = await decide_duty(office, file)
    why = await office.http.get(
        f"/v1/duties/{duty['duty_id']}/explanation", headers=office.reviewer
    )
    assert answered.json()["waiting_on"] == "board"
    assert (duty["state"], duty["due_on"]) == ("open", "2027-01-08")
    assert why.json()["pauses"] == [
        {"began_on": "2026-11-30", "ended_on": "2026-12-04", "reason": "waiting on applicant"}
    ]


async def test_found_complete_again_it_has_its_old_place_and_its_old_duty(
    office: BoardOffice, clock: FixedClock, file: str
) -> None:
    application_id, before = file.rsplit("/", 1)[-1], await decide_duty(office, file)
    clock.advance(timedelta(hours=1))
    later = await office.submit(office.provider_body(**ANOTHER))
    await office.complete(later["application_id"])
    await send_back(office, file)
    await answer(office, file)

    again = await office.complete(application_id)

    first, second = await office.show(application_id), await office.show(later["application_id"])
    assert (again["duty_id"], again["completed_on"]) == (before["duty_id"], "2026-11-20")
    assert first["queue_position"] == second["queue_position"] - 1
    assert await office.announced(application_id) == [
        "certification.application.submitted",
        "certification.application.completed",
        "certification.application.deficient",
        "certification.application.completed",
    ]
    assert await office.announced(before["duty_id"]) == [
        "certification.duty.opened",
        "certification.duty.paused",
        "certification.duty.resumed",
    ]
    assert (await office.decide(application_id)).status_code == 201


async def test_a_second_notice_pauses_the_clock_a_second_time(
    office: BoardOffice, clock: FixedClock, file: str
) -> None:
    for _ in range(2):
        clock.advance(timedelta(days=2))
        await send_back(office, file)
        clock.advance(timedelta(days=3))
        await answer(office, file)
        await office.complete(file.rsplit("/", 1)[-1])

    duty = await decide_duty(office, file)
    assert (duty["state"], duty["due_on"]) == ("open", "2027-01-10")


async def test_a_reviewer_assigned_meanwhile_owes_the_decision(
    office: BoardOffice, file: str
) -> None:
    await send_back(office, file)
    manager = office.holding(Role.BOARD_MANAGER)

    await office.http.post(
        f"{file}/assignments", json={"reviewer": str(office.reviewer_id)}, headers=manager
    )

    assert (await decide_duty(office, file))["owner_person"] == str(office.reviewer_id)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 409, "nothing-missing"),
        ({"items": [{"item": "tea"}]}, 422, "unknown-item"),
    ],
)
async def test_a_complete_file_is_deficient_by_items_of_its_checklist_alone(
    office: BoardOffice, file: str, body: Json, status: int, code: str
) -> None:
    before = await office.written()

    refused = await send_back(office, file, body)

    assert (refused.status_code, refused.json()["type"].rsplit(":", 1)[-1]) == (status, code)
    assert await office.written() == before


async def test_a_decided_file_is_not_found_deficient(office: BoardOffice, file: str) -> None:
    await office.decide(file.rsplit("/", 1)[-1])

    assert (await send_back(office, file)).status_code == 409


async def test_a_second_notice_before_the_file_is_in_line_again_stops_its_clock_again(
    office: BoardOffice, clock: FixedClock, file: str
) -> None:
    await send_back(office, file)
    clock.advance(timedelta(days=3))
    await answer(office, file)
    returned = {"item": "attestation", "outcome": "returned", "reason": "still not signed"}
    await office.http.post(f"{file}/item-reviews", json=returned, headers=office.reviewer)

    await office.http.post(f"{file}/deficiencies", json={}, headers=office.reviewer)
    paused = await decide_duty(office, file)
    clock.advance(timedelta(days=4))
    await answer(office, file)

    duty = await decide_duty(office, file)
    assert paused["state"] == "paused"
    assert (duty["state"], duty["due_on"]) == ("open", "2027-01-10")

"""The Board's 45 days count from the day the last required item arrived, whenever staff find it."""

from datetime import timedelta

from integration.certification.board_office import ANOTHER, PROVIDER_ITEMS, BoardOffice, Json
from shared.testing.clocks import FixedClock


async def _send(office: BoardOffice, application_id: str, item: str) -> None:
    answer = await office.http.post(
        f"/v1/applications/{application_id}/documents",
        json={"item": item},
        headers=office.applicant,
    )
    assert answer.status_code == 201, answer.text


async def _notice(office: BoardOffice, application_id: str, body: Json) -> None:
    answer = await office.http.post(
        f"/v1/applications/{application_id}/deficiencies", json=body, headers=office.reviewer
    )
    assert answer.status_code == 201, answer.text


async def test_a_file_found_complete_late_was_due_from_its_arrival_and_shows_how_long_it_lay(
    office: BoardOffice, clock: FixedClock
) -> None:
    submitted = await office.submit(office.provider_body())
    clock.advance(timedelta(days=31))

    completed = await office.complete(submitted["application_id"])

    shown = await office.show(submitted["application_id"])
    assert (completed["completed_on"], completed["due_on"]) == ("2026-11-20", "2027-01-04")
    assert (completed["found_complete_on"], completed["days_until_found"]) == ("2026-12-21", 31)
    assert "found complete on 2026-12-21, 31 days later" in completed["explanation"]["text"]
    assert (shown["completed_on"], shown["found_complete_on"]) == ("2026-11-20", "2026-12-21")
    assert shown["days_until_found"] == 31


async def test_the_clock_starts_with_the_last_item_and_not_with_the_application(
    office: BoardOffice, clock: FixedClock
) -> None:
    submitted = await office.submit(office.provider_body(documents=list(PROVIDER_ITEMS[:-1])))
    clock.advance(timedelta(days=4))
    await _send(office, submitted["application_id"], "fee")
    clock.advance(timedelta(days=2))

    completed = await office.complete(submitted["application_id"])

    assert (completed["completed_on"], completed["due_on"]) == ("2026-11-24", "2027-01-08")


async def test_what_was_returned_counts_from_the_day_it_came_again(
    office: BoardOffice, clock: FixedClock
) -> None:
    submitted = await office.submit(office.provider_body())
    application_id = submitted["application_id"]
    await office.http.post(
        f"/v1/applications/{application_id}/item-reviews",
        json={"item": "attestation", "outcome": "returned", "reason": "not signed"},
        headers=office.reviewer,
    )
    await _notice(office, application_id, {})
    clock.advance(timedelta(days=6))
    await _send(office, application_id, "attestation")
    clock.advance(timedelta(days=3))

    completed = await office.complete(application_id)

    assert (completed["completed_on"], completed["found_complete_on"]) == (
        "2026-11-26",
        "2026-11-29",
    )


async def test_a_draft_is_not_complete_before_it_was_submitted(
    office: BoardOffice, clock: FixedClock
) -> None:
    draft = await office.submit(office.provider_body(draft=True))
    clock.advance(timedelta(days=5))
    await office.http.post(
        f"/v1/applications/{draft['application_id']}/submissions", headers=office.applicant
    )
    clock.advance(timedelta(days=1))

    completed = await office.complete(draft["application_id"])

    assert completed["completed_on"] == "2026-11-25"


async def test_a_file_that_arrived_first_stands_first_in_line_though_it_was_found_last(
    office: BoardOffice, clock: FixedClock
) -> None:
    first = await office.submit(office.provider_body())
    clock.advance(timedelta(hours=1))
    second = await office.submit(office.provider_body(**ANOTHER))
    clock.advance(timedelta(hours=1))

    await office.complete(second["application_id"])
    await office.complete(first["application_id"])

    places = [
        (await office.show(each["application_id"]))["queue_position"] for each in (first, second)
    ]
    assert places[0] == places[1] - 1


async def test_listeners_are_told_both_days(office: BoardOffice, clock: FixedClock) -> None:
    submitted = await office.submit(office.provider_body())
    clock.advance(timedelta(days=31))
    await office.complete(submitted["application_id"])

    told = await office.told(submitted["application_id"])

    assert told["completed_on"] == "2026-11-20"
    assert told["found_complete_on"] == "2026-12-21"

"""Who filed a complete renewal has done what is owed and hears no more; staff are warned."""

from datetime import timedelta

from integration.certification.board_office import PROVIDER_ITEMS, BoardOffice, Json
from shared.testing.clocks import FixedClock


async def _renewal(office: BoardOffice, **changes: object) -> tuple[Json, str]:
    """A certification until November 20, 2028, and the file of its renewal."""
    granted = await office.certified(office.provider_body())
    body = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    submitted = await office.submit(body | changes)
    found: str = submitted["application_id"]
    return granted, found


async def _owed(office: BoardOffice, granted: Json) -> tuple[str, str]:
    (duty,) = await office.duties("renew-certification", granted["certification_id"])
    return duty["state"], duty["due_on"]


async def _post(office: BoardOffice, application_id: str, what: str, body: Json) -> None:
    headers = office.reviewer if what == "deficiencies" else office.applicant
    answer = await office.http.post(
        f"/v1/applications/{application_id}/{what}", json=body, headers=headers
    )
    assert answer.status_code == 201, answer.text


SENT_BACK = {"items": [{"item": "attestation", "reason": "not signed"}]}


async def test_a_renewal_that_is_filed_with_everything_meets_what_the_holder_owes(
    office: BoardOffice,
) -> None:
    granted, _ = await _renewal(office)

    assert await _owed(office, granted) == ("met", "2028-11-19")


async def test_a_renewal_that_lacks_something_is_still_owed_until_its_last_item_is_there(
    office: BoardOffice,
) -> None:
    granted, file = await _renewal(office, documents=list(PROVIDER_ITEMS[:-1]))
    while_lacking = await _owed(office, granted)

    await _post(office, file, "documents", {"item": "fee"})

    assert while_lacking == ("open", "2028-11-19")
    assert await _owed(office, granted) == ("met", "2028-11-19")


async def test_a_draft_of_a_renewal_meets_nothing_until_it_is_handed_in(
    office: BoardOffice,
) -> None:
    granted, file = await _renewal(office, draft=True)
    while_a_draft = await _owed(office, granted)

    await _post(office, file, "submissions", {})

    assert while_a_draft == ("open", "2028-11-19")
    assert await _owed(office, granted) == ("met", "2028-11-19")


async def test_a_renewal_found_deficient_is_owed_again_until_it_is_answered(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted, file = await _renewal(office)
    await office.complete(file)
    await _post(office, file, "deficiencies", SENT_BACK)
    while_waiting = await _owed(office, granted)
    clock.advance(timedelta(days=3))

    await _post(office, file, "documents", {"item": "attestation"})

    assert while_waiting == ("reopened", "2028-11-19")
    assert await _owed(office, granted) == ("met", "2028-11-19")


async def test_a_renewal_that_is_withdrawn_or_denied_is_owed_again(office: BoardOffice) -> None:
    withdrawn, file = await _renewal(office)
    await _post(office, file, "withdrawals", {})
    denied, other = await _renewal(office)
    await office.complete(other)

    await office.decide(other, outcome="denied", reasons=["no log"])

    assert await _owed(office, withdrawn) == ("reopened", "2028-11-19")
    assert await _owed(office, denied) == ("reopened", "2028-11-19")


async def test_a_renewal_decided_after_the_term_was_filed_in_time_all_the_same(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())
    clock.advance(timedelta(days=720))
    body = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    file = await office.submit(body)
    clock.advance(timedelta(days=30))
    await office.complete(file["application_id"])

    decided = await office.decide(file["application_id"])

    assert decided.json()["effective_from"] == "2028-12-09"
    assert await _owed(office, granted) == ("met", "2028-11-19")


async def test_staff_see_in_the_queue_which_certifications_lapse_while_they_decide(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted, file = await _renewal(office)
    await office.complete(file)
    clock.advance(timedelta(days=700))
    early = await _lapsing(office)
    clock.advance(timedelta(days=1))

    (line,) = await _lapsing(office)

    assert early == []
    assert (line["application_id"], line["lapses_on"]) == (file, granted["effective_until"])


async def _lapsing(office: BoardOffice) -> list[Json]:
    answer = await office.http.get("/v1/queue", params={"lapsing": "true"}, headers=office.reviewer)
    found: list[Json] = answer.json()["items"]
    return found

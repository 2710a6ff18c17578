"""What is sent twice without a key is told which came first; another one is asked for by name."""

import asyncio
from datetime import timedelta

import httpx

from integration.certification.board_office import BoardOffice, Json
from shared.testing.clocks import FixedClock

ANOTHER = {"another": True, "another_reason": "a second office of the same name"}


async def _apply(office: BoardOffice, body: Json) -> httpx.Response:
    return await office.http.post("/v1/applications", json=body, headers=office.applicant)


def _problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("urn:casomb:problem:")


async def test_the_same_application_sent_twice_is_told_which_came_first(
    office: BoardOffice,
) -> None:
    first = await office.submit(office.provider_body(name="Aimée O'Brien"))

    second = await _apply(office, office.provider_body(name="AIMEE OBRIEN", level="associate"))

    assert _problem(second) == (409, "applied-already")
    assert second.json()["application_id"] == first["application_id"]


async def test_of_two_equal_applications_sent_at_once_one_is_taken(office: BoardOffice) -> None:
    answers = await asyncio.gather(*(_apply(office, office.program_body()) for _ in range(2)))

    taken, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert (taken.status_code, refused.status_code) == (201, 409)
    assert refused.json()["application_id"] == taken.json()["application_id"]


async def test_an_office_applies_for_each_of_its_providers(office: BoardOffice) -> None:
    await office.submit(office.provider_body(name="Avery Example"))

    other = await _apply(office, office.provider_body(name="Blake Example"))

    assert other.status_code == 201


async def test_an_account_applies_for_each_of_its_programs(office: BoardOffice) -> None:
    await office.submit(office.program_body(name="St. John\u2019s & Sons"))

    same = await _apply(office, office.program_body(name="ST JOHNS AND SONS"))
    other = await _apply(office, office.program_body(name="St. Jude\u2019s & Sons"))
    provider = await _apply(office, office.provider_body())

    assert _problem(same) == (409, "applied-already")
    assert (other.status_code, provider.status_code) == (201, 201)


async def test_another_application_is_taken_with_its_reason(office: BoardOffice) -> None:
    await office.submit(office.program_body())

    second = await office.submit(office.program_body(**ANOTHER))

    shown = await office.show(second["application_id"])
    assert shown["another_reason"] == "a second office of the same name"


async def test_another_application_says_why_and_is_a_new_one(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())
    followed = {"purpose": "renewal", "certification_id": granted["certification_id"]}

    unexplained = await _apply(office, office.provider_body(another=True))
    unasked = await _apply(office, office.provider_body(another_reason="a reason"))
    renewal = await _apply(office, office.provider_body(**followed, **ANOTHER))

    assert [each.status_code for each in (unexplained, unasked, renewal)] == [422, 422, 422]


async def test_who_is_certified_already_is_told_its_certification(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())

    again = await _apply(office, office.provider_body())
    clock.advance(timedelta(days=731))
    expired = await _apply(office, office.provider_body())

    assert _problem(again) == (409, "certified-already")
    assert again.json()["certification_id"] == granted["certification_id"]
    assert again.json()["number"] == granted["number"]
    assert expired.status_code == 201


async def test_a_draft_is_looked_at_again_as_it_is_handed_in(office: BoardOffice) -> None:
    draft = await office.submit(office.program_body(name="First Name", draft=True))
    await office.submit(office.program_body(name="Second Name"))
    url = f"/v1/applications/{draft['application_id']}"
    renamed = office.program_body(name="Second Name", draft=True)
    await office.http.put(
        f"{url}/draft", json=renamed, headers=office.applicant | {"If-Match": '"1"'}
    )

    refused = await office.http.post(f"{url}/submissions", headers=office.applicant)

    assert _problem(refused) == (409, "applied-already")

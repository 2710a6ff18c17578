"""A double click records nothing twice: the second answer names the first."""

import asyncio

import httpx

from integration.certification.board_office import BoardOffice, Json
from shared.identifiers import new_id
from shared.security.principals import Role

SPAN = {"effective_from": "2026-11-20", "effective_until": "2028-11-20"}
EXAMINER = {"name": "Robin Example", "qualification": "as recorded", "training_hours": 40, **SPAN}


async def _twice(office: BoardOffice, path: str, body: Json) -> tuple[httpx.Response, ...]:
    """What the one that came first and the other one got; they were sent at the same time."""
    sent = [office.http.post(path, json=body, headers=office.reviewer) for _ in range(2)]
    first, second = sorted(await asyncio.gather(*sent), key=lambda answer: answer.status_code)
    return first, second


def _names(second: httpx.Response, member: str, first: httpx.Response) -> None:
    assert first.status_code == 201, first.text
    assert second.status_code == 409
    assert second.json()["type"] == "urn:casomb:problem:recorded-already"
    assert second.json()[member] in first.text


async def test_a_scorer_has_one_credential_for_an_instrument_from_one_day_on(
    office: BoardOffice,
) -> None:
    told = {"scorer_id": str(new_id()), "instrument": "sra-fv", "reference": "S-1", **SPAN}
    path = "/v1/scorer-credentials"

    first, second = await _twice(office, path, told)
    _names(second, "scorer_credential_id", first)
    other_words = await office.http.post(
        path, json=told | {"reference": "S-1, page 2"}, headers=office.reviewer
    )
    _names(other_words, "scorer_credential_id", first)

    later = told | {"effective_from": "2027-11-20"}
    assert (await office.http.post(path, json=later, headers=office.reviewer)).status_code == 201
    ending = f"{path}/{first.json()['scorer_credential_id']}/endings"
    await office.http.post(ending, headers=office.reviewer)
    assert (await office.http.post(path, json=told, headers=office.reviewer)).status_code == 201


async def test_an_examiner_has_one_standing_from_one_day_on(office: BoardOffice) -> None:
    told = EXAMINER | {"examiner_id": str(new_id())}

    first, second = await _twice(office, "/v1/examiner-standings", told)

    _names(second, "examiner_standing_id", first)


async def test_two_people_have_one_supervision_agreement_at_a_time(office: BoardOffice) -> None:
    supervisor = await office.certified(office.provider_body())
    agreement = {
        "supervisee_id": str(new_id()),
        "supervisor_id": supervisor["holder_id"],
        "signed_on": "2026-11-20",
        "effective_from": "2026-11-20",
    }

    first, second = await _twice(office, "/v1/supervision-agreements", agreement)

    _names(second, "supervision_agreement_id", first)
    for each in ("supervisee_id", "supervisor_id"):
        query = {"provider_id": agreement[each]}
        listed = await office.http.get(
            "/v1/supervision-agreements", params=query, headers=office.reviewer
        )
        assert [one["agreement_id"] for one in listed.json()["items"]] == [
            first.json()["agreement_id"]
        ]


async def test_a_conflict_of_interest_stands_once_and_may_be_declared_again_after_its_end(
    office: BoardOffice,
) -> None:
    path, manager = "/v1/conflicts-of-interest", office.holding(Role.BOARD_MANAGER)
    told = {"reviewer": str(new_id()), "holder_id": str(new_id()), "reason": "a friend"}

    sent = [office.http.post(path, json=told, headers=manager) for _ in range(2)]
    first, second = sorted(await asyncio.gather(*sent), key=lambda answer: answer.status_code)
    _names(second, "conflict_id", first)

    await office.http.post(f"{path}/{first.json()['conflict_id']}/endings", headers=manager)
    again = await office.http.post(path, json=told, headers=manager)
    assert again.status_code == 201


async def test_the_conflicts_of_a_reviewer_that_stand_are_listed_in_pages(
    office: BoardOffice,
) -> None:
    url, cousin = "/v1/conflicts-of-interest", str(new_id())
    declared = []
    for reviewer in (cousin, cousin, str(new_id()), cousin):
        told = {"reviewer": reviewer, "holder_id": str(new_id()), "reason": "a cousin"}
        kept = await office.http.post(url, json=told, headers=office.manager)
        declared.append(kept.json()["conflict_id"])
    await office.http.post(f"{url}/{declared[0]}/endings", headers=office.manager)

    query = {"reviewer": cousin, "limit": "1"}
    one = (await office.http.get(url, params=query, headers=office.manager)).json()
    query["after"] = one["next"]
    two = (await office.http.get(url, params=query, headers=office.manager)).json()
    again = await office.http.post(f"{url}/{declared[0]}/endings", headers=office.manager)

    assert [each["conflict_id"] for each in one["items"]] == [declared[1]]
    assert ([each["conflict_id"] for each in two["items"]], two["next"]) == ([declared[3]], None)
    assert again.json()["type"] == "urn:casomb:problem:conflict-not-found"


async def test_nobody_ends_what_bars_themselves(office: BoardOffice) -> None:
    path, own = "/v1/conflicts-of-interest", str(new_id())
    barred = office.holding(Role.BOARD_MANAGER, sub=own)
    told = {"reviewer": own, "holder_id": str(new_id()), "reason": "a friend"}
    declared = await office.http.post(path, json=told, headers=barred)
    ending = f"{path}/{declared.json()['conflict_id']}/endings"

    refused = await office.http.post(ending, headers=barred)

    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:casomb:problem:conflict-of-interest"
    other = await office.http.post(ending, headers=office.holding(Role.BOARD_MANAGER))
    assert other.status_code == 201

"""What others grant and the Board records: scorer credentials and examiners' standings."""

import pytest

from integration.certification.board_office import BoardOffice, Json
from shared.identifiers import new_id
from shared.security.principals import Role

SPAN = {"effective_from": "2026-01-01", "effective_until": "2028-01-01"}


def _credential(**changes: object) -> Json:
    body = {
        "scorer_id": str(new_id()),
        "instrument": "sra-fv",
        "reference": "SARATSO 2026-17",
        **SPAN,
    }
    return body | changes


def _standing(**changes: object) -> Json:
    body = {
        "name": "Quinn Example",
        "qualification": "Polygraph school, 2015",
        "training_hours": 400,
        **SPAN,
    }
    return body | changes


async def test_a_recorded_credential_is_announced_and_listed(office: BoardOffice) -> None:
    body = _credential()

    answer = await office.http.post("/v1/scorer-credentials", json=body, headers=office.reviewer)
    listed = await office.http.get(answer.headers["location"], headers=office.reviewer)

    recorded = answer.json()
    assert answer.status_code == 201
    assert listed.json() == {"items": [recorded], "next": None}
    assert await office.announced(recorded["scorer_credential_id"]) == [
        "certification.scorer-credential.recorded"
    ]


async def test_credentials_are_listed_page_by_page(office: BoardOffice) -> None:
    scorer = str(new_id())
    for instrument in ("sra-fv", "ls-cmi"):
        body = _credential(scorer_id=scorer, instrument=instrument)
        await office.http.post("/v1/scorer-credentials", json=body, headers=office.reviewer)
    query = {"scorer_id": scorer, "limit": "1"}

    first = await office.http.get("/v1/scorer-credentials", params=query, headers=office.reviewer)
    query |= {"after": first.json()["next"]}
    second = await office.http.get("/v1/scorer-credentials", params=query, headers=office.reviewer)

    found = [*first.json()["items"], *second.json()["items"]]
    assert [each["instrument"] for each in found] == ["sra-fv", "ls-cmi"]


async def test_a_provider_sees_its_own_credentials_alone(office: BoardOffice) -> None:
    provider = str(new_id())
    headers = office.holding(Role.PROVIDER, provider=provider)

    own = await office.http.get(
        "/v1/scorer-credentials", params={"scorer_id": provider}, headers=headers
    )
    other = await office.http.get(
        "/v1/scorer-credentials", params={"scorer_id": str(new_id())}, headers=headers
    )

    assert (own.status_code, other.status_code) == (200, 404)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"instrument": "sra-fw"}, "body.instrument"),
        ({"scorer_id": "me"}, "body.scorer_id"),
        ({"effective_from": "2026-13-01"}, "body.effective_from"),
        ({"effective_until": "2026-01-01"}, "body.effective_until"),
        ({"reference": "a\u0000b"}, "body.reference"),
        ({"reference": " "}, "body.reference"),
    ],
)
async def test_a_credential_with_a_wrong_value_is_refused_by_its_field(
    office: BoardOffice, changes: Json, field: str
) -> None:
    before = await office.written()

    answer = await office.http.post(
        "/v1/scorer-credentials", json=_credential(**changes), headers=office.reviewer
    )

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == field
    assert await office.written() == before


async def test_a_new_examiner_gets_an_id_and_a_known_one_keeps_it(office: BoardOffice) -> None:
    headers = office.holding(Role.BOARD_MANAGER)
    first = await office.http.post("/v1/examiner-standings", json=_standing(), headers=headers)
    again = _standing(examiner_id=first.json()["examiner_id"], effective_from="2027-01-04")

    second = await office.http.post("/v1/examiner-standings", json=again, headers=headers)

    shown = await office.http.get(second.headers["location"], headers=office.holding(Role.OFFICER))
    assert second.json()["examiner_id"] == first.json()["examiner_id"]
    assert second.json()["examiner_standing_id"] != first.json()["examiner_standing_id"]
    assert shown.json()["training_hours"] == 400
    assert await office.announced(second.json()["examiner_standing_id"]) == [
        "certification.examiner-standing.recorded"
    ]


async def test_an_answer_to_a_recorded_standing_repeats_no_name(office: BoardOffice) -> None:
    answer = await office.http.post(
        "/v1/examiner-standings", json=_standing(name="Quinn Other"), headers=office.reviewer
    )

    assert answer.status_code == 201
    assert "Quinn" not in answer.text


@pytest.mark.parametrize("kind", ["certifications", "programs", "examiner-standings"])
async def test_a_thing_nobody_recorded_is_not_found(office: BoardOffice, kind: str) -> None:
    answer = await office.http.get(f"/v1/{kind}/{new_id()}", headers=office.reviewer)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"

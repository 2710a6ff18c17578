"""Credentials, standings and supervision agreements that end or are corrected: nothing is lost."""

from datetime import timedelta

import pytest

from integration.certification.board_office import BoardOffice, Json
from shared.identifiers import new_id
from shared.security.principals import Role
from shared.testing.clocks import FixedClock

SPAN = {"effective_from": "2026-11-01", "effective_until": "2028-11-01"}


async def _credential(office: BoardOffice) -> Json:
    scorer = str(new_id())
    body = {"scorer_id": scorer, "instrument": "sra-fv", "reference": "roster", **SPAN}
    answer = await office.http.post("/v1/scorer-credentials", json=body, headers=office.reviewer)
    kept: Json = answer.json()
    return kept


async def test_a_withdrawn_credential_says_from_when_it_holds_no_longer(
    office: BoardOffice,
) -> None:
    credential = await _credential(office)
    url = f"/v1/scorer-credentials/{credential['scorer_credential_id']}/endings"

    ended = await office.http.post(
        url, json={"effective_on": "2026-12-01"}, headers=office.reviewer
    )
    again = await office.http.post(url, headers=office.reviewer)

    assert (ended.status_code, ended.json()["ended_on"]) == (201, "2026-12-01")
    assert (again.status_code, again.json()["type"]) == (409, "urn:casomb:problem:ended-before")
    assert await office.announced(credential["scorer_credential_id"]) == [
        "certification.scorer-credential.recorded",
        "certification.scorer-credential.ended",
    ]


async def test_a_corrected_credential_is_superseded_and_stays(office: BoardOffice) -> None:
    credential = await _credential(office)
    url = f"/v1/scorer-credentials/{credential['scorer_credential_id']}/corrections"
    right = {"instrument": "sra-fv", "reference": "roster, line 7", **SPAN}

    corrected = await office.http.post(url, json=right, headers=office.reviewer)

    listed = await office.http.get(
        "/v1/scorer-credentials",
        params={"scorer_id": credential["scorer_id"]},
        headers=office.reviewer,
    )
    wrong, now_right = listed.json()["items"]
    assert corrected.status_code == 201, corrected.text
    assert wrong["superseded_by"] == now_right["scorer_credential_id"]
    assert (now_right["reference"], now_right["ended_on"]) == ("roster, line 7", None)


async def test_a_credential_cannot_end_on_a_day_on_which_it_does_not_hold(
    office: BoardOffice,
) -> None:
    credential = await _credential(office)
    url = f"/v1/scorer-credentials/{credential['scorer_credential_id']}/endings"

    answer = await office.http.post(
        url, json={"effective_on": "2029-01-01"}, headers=office.reviewer
    )

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == "body.effective_on"


async def test_an_examiners_standing_ends_and_is_corrected(office: BoardOffice) -> None:
    told = {"name": "Corrected Examiner", "qualification": "PCSOT", "training_hours": 40, **SPAN}
    kept = await office.http.post("/v1/examiner-standings", json=told, headers=office.reviewer)
    url = f"/v1/examiner-standings/{kept.json()['examiner_standing_id']}"

    corrected = await office.http.post(
        f"{url}/corrections", json=told | {"training_hours": 44}, headers=office.reviewer
    )
    ended = await office.http.post(
        f"{corrected.headers['location']}/endings", headers=office.reviewer
    )

    wrong = (await office.http.get(url, headers=office.reviewer)).json()
    right = await office.http.get(corrected.headers["location"], headers=office.reviewer)
    assert wrong["superseded_by"] == corrected.json()["examiner_standing_id"]
    assert (right.json()["training_hours"], right.json()["ended_on"]) == (44, "2026-11-20")
    assert await office.announced(corrected.json()["examiner_standing_id"]) == [
        "certification.examiner-standing.recorded",
        "certification.examiner-standing.ended",
    ]
    assert ended.status_code == 201


async def test_a_supervisor_must_be_certified_on_the_first_day(
    office: BoardOffice, clock: FixedClock
) -> None:
    supervisor = await office.certified(office.provider_body())
    agreement = {
        "supervisee_id": str(new_id()),
        "supervisor_id": supervisor["holder_id"],
        "signed_on": "2026-11-20",
        "effective_from": "2026-11-20",
    }

    kept = await office.http.post(
        "/v1/supervision-agreements", json=agreement, headers=office.reviewer
    )
    await office.http.post(
        f"/v1/certifications/{supervisor['certification_id']}/revocations",
        json={"reasons": ["fraud"], "effective_on": "2027-11-30"},
        headers=office.holding(Role.BOARD_MANAGER),
    )
    late = await office.http.post(
        "/v1/supervision-agreements",
        json=agreement | {"effective_from": "2027-11-30"},
        headers=office.reviewer,
    )
    clock.advance(timedelta(days=1))
    ended = await office.http.post(
        f"/v1/supervision-agreements/{kept.json()['agreement_id']}/endings",
        headers=office.reviewer,
    )
    listed = await office.http.get(kept.headers["location"], headers=office.reviewer)

    assert kept.status_code == 201, kept.text
    assert (late.status_code, late.json()["certification_status"]) == (409, "revoked")
    assert ended.json()["effective_until"] == "2026-11-21"
    assert listed.json()["items"] == [ended.json()]


@pytest.mark.parametrize(
    ("dates", "code", "field"),
    [
        ({"signed_on": "2026-11-21"}, "not-signed-yet", "body.signed_on"),
        ({"effective_from": "2027-12-26"}, "too-far-ahead", "body.effective_from"),
    ],
)
async def test_an_agreement_is_signed_by_today_and_begins_within_bounds(
    office: BoardOffice, dates: dict[str, str], code: str, field: str
) -> None:
    supervisor = await office.certified(office.provider_body())
    agreement = {
        "supervisee_id": str(new_id()),
        "supervisor_id": supervisor["holder_id"],
        "signed_on": "2026-11-20",
        "effective_from": "2026-11-21",
        **dates,
    }

    answer = await office.http.post(
        "/v1/supervision-agreements", json=agreement, headers=office.reviewer
    )

    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:casomb:problem:{code}")
    assert answer.json()["faults"][0]["field"] == field


async def test_an_agreement_that_has_not_begun_is_withdrawn_and_its_end_is_corrected(
    office: BoardOffice,
) -> None:
    supervisor = await office.certified(office.provider_body())
    agreement = {
        "supervisee_id": str(new_id()),
        "supervisor_id": supervisor["holder_id"],
        "signed_on": "2026-11-20",
        "effective_from": "2027-11-20",
    }
    url = "/v1/supervision-agreements"
    kept = await office.http.post(url, json=agreement, headers=office.reviewer)
    endings = f"{url}/{kept.json()['agreement_id']}/endings"

    too_early = await office.http.post(endings, headers=office.reviewer)
    answers = [
        await office.http.post(endings, json={"effective_on": day}, headers=office.reviewer)
        for day in ("2027-12-20", "2027-11-20", "2027-11-20")
    ]

    assert [each.headers["etag"] for each in (kept, *answers[:2])] == ['"1"', '"2"', '"3"']

    assert too_early.status_code == 422
    assert too_early.json()["faults"][0]["field"] == "body.effective_on"
    ends = [answer.json().get("effective_until") for answer in answers]
    assert ends == ["2027-12-20", "2027-11-20", None]
    assert answers[-1].status_code == 409


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"supervisor_id": "self"}, 422, "same-person"),
        ({"signed_on": "2026-11-21"}, 422, "not-signed-yet"),
        ({}, 404, "provider-not-found"),
    ],
)
async def test_an_agreement_that_cannot_be_is_refused(
    office: BoardOffice, changes: dict[str, str], status: int, code: str
) -> None:
    supervisee = str(new_id())
    body = {
        "supervisee_id": supervisee,
        "supervisor_id": str(new_id()),
        "signed_on": "2026-11-20",
        "effective_from": "2026-11-20",
    } | changes
    body = {name: supervisee if value == "self" else value for name, value in body.items()}

    answer = await office.http.post(
        "/v1/supervision-agreements", json=body, headers=office.reviewer
    )

    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:casomb:problem:{code}")

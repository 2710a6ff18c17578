"""What only certification knows to be wrong is named in a problem, and nothing is written.

What any service refuses by its schema, token or address is asked for in tests/contract/http.
"""

import pytest

from integration.certification.board_office import BoardOffice, Json
from shared.identifiers import new_id
from shared.security.principals import Role

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "body.name"),
        ({"name": "two\nlines"}, "body.name"),
        ({"documents": ["Fee!"]}, "body.documents.0"),
        ({"documents": ["tea"]}, "body.documents.0"),
        ({"documents": ["fee"] * 51}, "body.documents"),
        ({"purpose": "renewal"}, "body"),
    ],
)
async def test_a_wrong_provider_application_is_refused_by_its_field(
    office: BoardOffice, changes: Json, field: str
) -> None:
    before = await office.written()

    answer = await office.http.post(
        "/v1/applications", json=office.provider_body(**changes), headers=office.applicant
    )

    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert answer.json()["faults"][0]["field"] == field
    assert await office.written() == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"headquarters_county": "Kernn"}, "body.headquarters_county"),
        ({"served_counties": ["Yolo", "Oz"]}, "body.served_counties.1"),
        ({"level": "independent"}, "body.level"),
    ],
)
async def test_a_wrong_program_application_is_refused_by_its_field(
    office: BoardOffice, changes: Json, field: str
) -> None:
    before = await office.written()

    answer = await office.http.post(
        "/v1/applications", json=office.program_body(**changes), headers=office.applicant
    )

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == field
    assert await office.written() == before


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/applications/{id}/deficiencies"),
        ("POST", "/v1/applications/{id}/completions"),
        ("POST", "/v1/applications/{id}/assignments"),
        ("POST", "/v1/applications/{id}/decisions"),
        ("POST", "/v1/scorer-credentials"),
        ("POST", "/v1/examiner-standings"),
        ("GET", "/v1/examiner-standings/{id}"),
        ("GET", "/v1/programs/{id}"),
    ],
)
async def test_an_applicant_may_not_do_the_work_of_the_board(
    office: BoardOffice, method: str, path: str
) -> None:
    url = path.format(id=new_id())

    answer = await office.http.request(method, url, headers=office.applicant)

    assert (answer.status_code, answer.headers["content-type"]) == (403, PROBLEM)
    assert answer.json()["type"] == "urn:casomb:problem:role-missing"


@pytest.mark.parametrize("role", [Role.PARTNER, Role.DOJ])
async def test_outside_parties_do_not_read_certifications(office: BoardOffice, role: Role) -> None:
    answer = await office.http.get(f"/v1/certifications/{new_id()}", headers=office.holding(role))

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("noun", "body"),
    [
        ("deficiencies", {}),
        ("completions", {}),
        ("assignments", {"reviewer": str(new_id())}),
        ("decisions", {"outcome": "granted"}),
    ],
)
async def test_an_unknown_application_is_not_found(
    office: BoardOffice, noun: str, body: Json
) -> None:
    headers = office.holding(Role.BOARD_MANAGER) | {"If-Match": '"1"'}

    answer = await office.http.post(
        f"/v1/applications/{new_id()}/{noun}", json=body, headers=headers
    )

    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:casomb:problem:application-not-found"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"items": [{"item": "tea"}]}, 422, "body.items.0.item"),
        ({"items": [{"item": "fee"}]}, 409, "body.items.0.item"),
        ({"items": []}, 422, "body.items"),
        ({"items": [{"item": "attestation"}] * 2}, 422, "body.items"),
        ({"items": [{"item": "attestation", "reason": "a\u0007b"}]}, 422, "body.items.0.reason"),
    ],
)
async def test_a_wrong_deficiency_is_refused_by_its_item(
    office: BoardOffice, body: Json, status: int, field: str
) -> None:
    submitted = await office.submit(office.provider_body(documents=["fee"]))
    before = await office.written()

    answer = await office.http.post(
        f"/v1/applications/{submitted['application_id']}/deficiencies",
        json=body,
        headers=office.reviewer,
    )

    assert answer.status_code == status
    assert answer.json()["faults"][0]["field"] == field
    assert await office.written() == before


@pytest.mark.parametrize(
    ("item", "status", "field"), [("tea", 422, "body.item"), ("fee", 409, "body.item")]
)
async def test_a_wrong_document_is_refused(
    office: BoardOffice, item: str, status: int, field: str
) -> None:
    submitted = await office.submit(office.provider_body(documents=["fee"]))
    before = await office.written()

    answer = await office.http.post(
        f"/v1/applications/{submitted['application_id']}/documents",
        json={"item": item},
        headers=office.applicant,
    )

    assert answer.status_code == status
    assert answer.json()["faults"][0]["field"] == field
    assert await office.written() == before


@pytest.mark.parametrize(
    ("verdict", "field"),
    [
        ({"outcome": "denied"}, "body.reasons"),
        ({"effective_on": "2026-11-19"}, "body.effective_on"),
    ],
)
async def test_a_wrong_decision_is_refused_by_its_field(
    office: BoardOffice, verdict: Json, field: str
) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    await office.show(submitted["application_id"])
    before = await office.written()

    answer = await office.decide(submitted["application_id"], **verdict)

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == field
    audited = before["audit_entries"] + 1
    assert await office.written() == before | {"audit_entries": audited}


async def test_a_decision_on_an_application_that_is_not_complete_is_refused(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body())

    answer = await office.decide(submitted["application_id"])

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:casomb:problem:wrong-state"


async def test_what_was_decided_takes_no_more_documents_and_no_reviewer(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    await office.decide(submitted["application_id"])
    url = f"/v1/applications/{submitted['application_id']}"

    assigned = await office.http.post(
        f"{url}/assignments",
        json={"reviewer": str(new_id())},
        headers=office.holding(Role.BOARD_MANAGER),
    )
    completed = await office.http.post(f"{url}/completions", headers=office.reviewer)

    assert [assigned.status_code, completed.status_code] == [409, 409]


async def test_a_second_notice_while_one_is_open_is_refused(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body(documents=[]))
    url = f"/v1/applications/{submitted['application_id']}/deficiencies"
    await office.http.post(url, json={}, headers=office.reviewer)

    answer = await office.http.post(url, json={}, headers=office.reviewer)

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:casomb:problem:wrong-state"

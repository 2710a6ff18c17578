"""The queue is first in, first out by completeness; applicants see their own files alone."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from integration.certification.board_office import ANOTHER, BoardOffice, Json
from shared.identifiers import new_id
from shared.security.principals import Role
from shared.testing.clocks import FixedClock


@pytest.fixture
async def queued(office: BoardOffice, clock: FixedClock) -> list[Json]:
    """Three complete applications; of the last received the last item came first."""
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE applications CASCADE"))
    bodies = (office.program_body(), office.provider_body(), office.program_body(name="Hill"))
    for body in bodies:
        body["documents"].remove("fee")
    received = [await office.submit(body) for body in bodies]
    for each in reversed(received):
        clock.advance(timedelta(minutes=1))
        await office.http.post(
            f"/v1/applications/{each['application_id']}/documents",
            json={"item": "fee"},
            headers=office.applicant,
        )
        await office.complete(each["application_id"])
    return received


async def _listed(office: BoardOffice, **query: object) -> Json:
    params = {name: str(value) for name, value in query.items()}
    answer = await office.http.get("/v1/applications", params=params, headers=office.reviewer)
    assert answer.status_code == 200, answer.text
    page: Json = answer.json()
    return page


def _ids(applications: list[Json]) -> list[str]:
    return [each["application_id"] for each in applications]


async def test_the_queue_is_in_the_order_of_completeness(
    office: BoardOffice, queued: list[Json]
) -> None:
    page = await _listed(office, state="complete")

    assert _ids(page["items"]) == _ids(queued)[::-1]
    assert [each["queue_position"] for each in page["items"]] == [1, 2, 3]


async def test_a_narrowed_queue_keeps_the_places_of_the_whole(
    office: BoardOffice, queued: list[Json]
) -> None:
    page = await _listed(office, state="complete", kind="provider")

    assert _ids(page["items"]) == [queued[1]["application_id"]]
    assert page["items"][0]["queue_position"] == 2


async def test_a_file_shows_its_own_place_until_it_is_decided(
    office: BoardOffice, queued: list[Json]
) -> None:
    first, last = queued[2]["application_id"], queued[0]["application_id"]
    before = await office.show(last)

    await office.decide(first)

    after = await office.show(last)
    decided = await office.show(first)
    assert (before["queue_position"], after["queue_position"]) == (3, 2)
    assert decided["queue_position"] is None


@pytest.mark.parametrize("query", [{"state": "complete"}, {}])
async def test_pages_follow_each_other_without_a_gap(
    office: BoardOffice, queued: list[Json], query: dict[str, str]
) -> None:
    whole = await _listed(office, **query)

    first = await _listed(office, **query, limit=2)
    second = await _listed(office, **query, limit=2, after=first["next"])

    assert whole["next"] is None
    assert first["items"] + second["items"] == whole["items"]
    assert second["next"] is None


async def test_files_are_listed_by_state_in_the_order_in_which_they_came(
    office: BoardOffice, queued: list[Json]
) -> None:
    waiting = [await office.submit(office.provider_body(documents=[], **ANOTHER)) for _ in range(2)]

    page = await _listed(office, state="submitted")

    assert _ids(page["items"]) == _ids(waiting)


async def test_a_cursor_of_another_list_is_refused(office: BoardOffice, queued: list[Json]) -> None:
    page = await _listed(office, limit=1)

    answer = await office.http.get(
        "/v1/applications",
        params={"state": "complete", "after": page["next"]},
        headers=office.reviewer,
    )

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == "query.after"


async def test_an_applicant_lists_and_sees_its_own_files_alone(
    office: BoardOffice, queued: list[Json]
) -> None:
    url = f"/v1/applications/{queued[0]['application_id']}"
    stranger = office.holding(Role.APPLICANT)

    own = await office.http.get("/v1/applications", headers=office.applicant)
    others = await office.http.get("/v1/applications", headers=stranger)
    shown = await office.http.get(url, headers=office.applicant)
    hidden = await office.http.get(url, headers=stranger)

    assert _ids(own.json()["items"]) == _ids(queued)
    assert others.json()["items"] == []
    assert shown.json()["queue_position"] == 3
    assert hidden.status_code == 404
    assert hidden.json()["type"] == "urn:casomb:problem:application-not-found"


async def test_a_stranger_cannot_add_to_an_application(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body(documents=["fee"]))

    answer = await office.http.post(
        f"/v1/applications/{submitted['application_id']}/documents",
        json={"item": "attestation"},
        headers=office.holding(Role.APPLICANT),
    )

    assert answer.status_code == 404


async def test_an_applicant_whose_subject_is_no_id_cannot_apply(office: BoardOffice) -> None:
    headers = office.holding(Role.APPLICANT, sub="somebody")

    answer = await office.http.post(
        "/v1/applications", json=office.provider_body(), headers=headers
    )

    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:casomb:problem:subject-not-an-id"


async def test_every_view_of_a_file_is_on_the_audit_record(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    reader = new_id()
    auditor = office.holding(Role.AUDITOR, sub=reader)

    await office.http.get(f"/v1/applications/{submitted['application_id']}", headers=auditor)

    statement = text("SELECT action, roles FROM audit_entries WHERE actor = :reader")
    async with office.database.engine.connect() as connection:
        entries = (await connection.execute(statement, {"reader": str(reader)})).all()
    assert [tuple(entry) for entry in entries] == [("application.read", ["auditor"])]

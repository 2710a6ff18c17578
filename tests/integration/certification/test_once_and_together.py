"""Repeated requests, versions, two reviewers at once, and a commit that fails."""

import asyncio

import httpx
import pytest
from sqlalchemy import text

from certification.app import build_api
from certification.settings import Settings
from integration.certification.board_office import BoardOffice
from shared.identifiers import new_id
from shared.testing.tokens import LocalIssuer

FAILING_COMMIT = (
    """
    CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no commit' USING ERRCODE = '{sqlstate}'; END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER fail_at_commit AFTER INSERT ON applications
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()
    """,
)


async def test_a_repeated_request_gets_the_stored_answer_and_leaves_an_audit_entry_alone(
    office: BoardOffice,
) -> None:
    headers = office.applicant | {"Idempotency-Key": str(new_id())}
    body = office.provider_body()
    first = await office.http.post("/v1/applications", json=body, headers=headers)
    before = await office.written()

    again = await office.http.post("/v1/applications", json=body, headers=headers)

    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["etag"] == first.headers["etag"]
    audited = {"audit_entries": before["audit_entries"] + 1}
    assert await office.written() == before | audited


async def test_two_equal_requests_at_once_make_one_application(office: BoardOffice) -> None:
    headers = office.applicant | {"Idempotency-Key": str(new_id())}
    body = office.provider_body()
    before = await office.written()

    answers = await asyncio.gather(
        *(office.http.post("/v1/applications", json=body, headers=headers) for _ in range(2))
    )

    after = await office.written()
    assert {answer.content for answer in answers} == {answers[0].content}
    assert after["applications"] == before["applications"] + 1


async def test_a_key_with_another_body_is_refused(office: BoardOffice) -> None:
    headers = office.applicant | {"Idempotency-Key": str(new_id())}
    await office.http.post("/v1/applications", json=office.provider_body(), headers=headers)
    before = await office.written()

    answer = await office.http.post("/v1/applications", json=office.program_body(), headers=headers)

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == "header.Idempotency-Key"
    assert await office.written() == before


async def test_a_refused_request_may_be_mended_under_its_key(office: BoardOffice) -> None:
    headers = office.applicant | {"Idempotency-Key": str(new_id())}
    wrong = office.provider_body(documents=["tea"])
    await office.http.post("/v1/applications", json=wrong, headers=headers)

    answer = await office.http.post(
        "/v1/applications", json=office.provider_body(), headers=headers
    )

    assert answer.status_code == 201


async def test_a_decision_without_the_version_seen_is_refused(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    before = await office.written()

    answer = await office.http.post(
        f"/v1/applications/{submitted['application_id']}/decisions",
        json={"outcome": "granted"},
        headers=office.reviewer,
    )

    assert answer.status_code == 428
    assert answer.json()["type"] == "urn:casomb:problem:etag-required"
    assert await office.written() == before


@pytest.mark.parametrize("seen", ['"1"', '"99"', "tomorrow"])
async def test_a_decision_on_another_version_is_refused(office: BoardOffice, seen: str) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    before = await office.written()

    answer = await office.http.post(
        f"/v1/applications/{submitted['application_id']}/decisions",
        json={"outcome": "granted"},
        headers=office.reviewer | {"If-Match": seen},
    )

    assert (answer.status_code, answer.json()["type"]) == (412, "urn:casomb:problem:stale-etag")
    assert await office.written() == before


@pytest.mark.parametrize(
    ("noun", "body"), [("completions", {}), ("deficiencies", {}), ("documents", {"item": "fee"})]
)
async def test_a_stale_version_is_refused_where_one_is_sent(
    office: BoardOffice, noun: str, body: dict[str, str]
) -> None:
    submitted = await office.submit(office.provider_body(documents=[]))
    headers = office.applicant if noun == "documents" else office.reviewer

    answer = await office.http.post(
        f"/v1/applications/{submitted['application_id']}/{noun}",
        json=body,
        headers=headers | {"If-Match": '"7"'},
    )

    assert answer.status_code == 412


async def test_of_two_reviewers_who_decide_at_once_one_wins(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    application_id = submitted["application_id"]
    await office.complete(application_id)
    headers = office.reviewer | {"If-Match": await office.etag(application_id)}
    verdicts = ({"outcome": "granted"}, {"outcome": "denied", "reasons": ["no license"]})

    answers = await asyncio.gather(
        *(
            office.http.post(
                f"/v1/applications/{application_id}/decisions", json=verdict, headers=headers
            )
            for verdict in verdicts
        )
    )

    announced = await office.announced(application_id)
    second = next(answer.json() for answer in answers if answer.status_code != 201)
    shown = await office.show(application_id)
    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert second["decided_by"] == str(office.reviewer_id)
    assert second["decided_at"][:10] == shown["decided_on"]
    assert announced.count("certification.application.decided") == 1


async def test_who_decides_once_more_with_the_version_that_stands_is_told_who_was_first(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    await office.decide(submitted["application_id"])

    again = await office.decide(submitted["application_id"])

    assert (again.status_code, again.json()["type"]) == (409, "urn:casomb:problem:wrong-state")
    assert again.json()["decided_by"] == str(office.reviewer_id)


@pytest.mark.parametrize(("sqlstate", "status"), [("40001", 503), ("P0001", 500)])
async def test_a_commit_that_fails_is_never_answered_as_done(
    settings: Settings, issuer: LocalIssuer, sqlstate: str, status: int
) -> None:
    app = build_api(settings)
    database = app.state.parts.database
    async with database.engine.begin() as connection:
        for statement in FAILING_COMMIT:
            await connection.execute(text(statement.format(sqlstate=sqlstate)))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://certification") as http:
        office = BoardOffice(http, issuer, database)
        before = await office.written()
        headers = office.applicant | {"Idempotency-Key": str(new_id())}

        answer = await http.post("/v1/applications", json=office.provider_body(), headers=headers)
        after = await office.written()

    async with database.engine.begin() as connection:
        await connection.execute(text("DROP TRIGGER fail_at_commit ON applications"))
    await database.engine.dispose()
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert after == before

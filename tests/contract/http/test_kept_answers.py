"""What is kept for a request that may be repeated: unreadable, for a day, for the same asker."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from contract.http.api_services import SERVICES, settings_of
from contract.http.asking import Api, Apis, assert_problem
from contract.http.repeatable import agency, an_office, deadline_preview, officer
from integration.supervision.world import person
from local_system.databases import database_name
from shared.composition import loops
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause
from shared.http.kept_answers import remove_old_answers
from shared.identifiers import new_id
from shared.security.principals import Role, process_actor
from shared.testing.clocks import FixedClock
from shared.testing.messaging import running, until

OLD = """
    INSERT INTO idempotency_keys (actor, key_hash, request_hash, id, created_at)
    VALUES ('someone', 'k', 'r', gen_random_uuid(), now() - interval '25 hours')
"""
Row = dict[str, Any]


@pytest.fixture
async def api(apis: Apis) -> Api:
    """Supervision, where nothing is kept yet."""
    found = await apis("supervision")
    await an_office(found)
    async with found.app.state.parts.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE idempotency_keys"))
    return found


@pytest.fixture
def key() -> str:
    return f"Zqx Victim {uuid4()}"


async def _recorded(
    api: Api, body: object, key: str, *roles: Role, **claims: str
) -> httpx.Response:
    office: dict[str, Any] = {"agency": "sacramento-probation", "unit": "adult"}
    signed = api.issuer.authorization(Role.OFFICER, *roles, sub=api.person, **(office | claims))
    headers = signed | {"Idempotency-Key": key}
    return await api.client.post("/v1/persons", json=body, headers=headers)


async def _found(api: Api, query: str) -> list[Row]:
    async with api.app.state.parts.database.engine.connect() as connection:
        return [dict(row) for row in (await connection.execute(text(query))).mappings()]


async def test_nothing_kept_can_be_read_or_guessed(api: Api, key: str) -> None:
    body = person()

    answer = await _recorded(api, body, key)

    (row,) = await _found(api, "SELECT * FROM idempotency_keys")
    kept = " ".join(map(str, row.values()))
    assert answer.status_code == 201, answer.text
    assert key not in kept
    assert str(body["family_name"]) not in kept
    assert len(row["key_hash"]) == len(row["request_hash"]) == 32
    assert bytes(row["body_sealed"]) != answer.content


async def test_the_hash_of_a_request_needs_the_services_key(api: Api, key: str) -> None:
    parts = api.app.state.parts

    hashed = parts.personal_fields.keyed_hash(key.encode(), purpose="idempotency-key")

    await _recorded(api, person(), key)
    (row,) = await _found(api, "SELECT * FROM idempotency_keys")
    assert bytes(row["key_hash"]) == hashed


@pytest.mark.parametrize(
    "changed", [{"agency": "yolo-probation"}, {"unit": "juvenile"}, {"program": str(uuid4())}]
)
async def test_a_stored_answer_is_not_for_other_rights(
    api: Api, key: str, changed: dict[str, str]
) -> None:
    body = person()
    await _recorded(api, body, key)

    answer = await _recorded(api, body, key, **changed)

    assert_problem(answer, 422, "header.Idempotency-Key")


async def test_a_stored_answer_is_not_for_an_officer_who_was_moved_on_record(
    api: Api, key: str
) -> None:
    body = person()
    await _recorded(api, body, key)
    operator = api.holding(Role.OPERATOR)
    for url, told in (
        ("/v1/agencies/yolo-probation", agency()),
        (f"/v1/officers/{api.person}", officer() | {"agency": "yolo-probation"}),
    ):
        moved = await api.client.put(url, json=told, headers=operator)
        assert moved.is_success, moved.text

    answer = await _recorded(api, body, key)

    assert_problem(answer, 422, "header.Idempotency-Key")


async def test_a_stored_answer_is_not_for_other_roles(api: Api, key: str) -> None:
    body = person()
    await _recorded(api, body, key, Role.UNIT_SUPERVISOR)

    answer = await _recorded(api, body, key)

    assert_problem(answer, 422, "header.Idempotency-Key")


async def test_a_repetition_is_on_the_audit_record_of_whom_it_shows(api: Api, key: str) -> None:
    body = person()
    first = await _recorded(api, body, key)

    await _recorded(api, body, key)

    entries = await _found(
        api, "SELECT * FROM audit_entries WHERE action = 'answer.repeated' ORDER BY at DESC LIMIT 1"
    )
    assert [(each["subject_kind"], str(each["subject_id"])) for each in entries] == [
        ("person", first.json()["person_id"])
    ]
    assert entries[0]["actor"] == str(api.person)


async def test_an_answer_under_a_lost_key_says_that_it_was_done(api: Api, key: str) -> None:
    body = person()
    await _recorded(api, body, key)
    async with api.app.state.parts.database.engine.begin() as connection:
        await connection.execute(text("UPDATE idempotency_keys SET body_sealed = 'other bytes'"))

    answer = await _recorded(api, body, key)

    assert_problem(answer, 409)
    assert answer.json()["type"] == "urn:casomb:problem:kept-answer-unreadable"


async def test_a_preview_keeps_nothing(api: Api, key: str) -> None:
    headers = api.holding(Role.OFFICER) | {"Idempotency-Key": key}

    answers = [
        await api.client.post("/v1/deadline-previews", json=deadline_preview(), headers=headers)
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert await _found(api, "SELECT * FROM idempotency_keys") == []


async def test_answers_are_removed_once_their_hours_are_over(api: Api, key: str) -> None:
    await _recorded(api, person(), key)
    await _recorded(api, person(), f"{key} too")
    engine = api.app.state.parts.database.engine
    cause = Cause(process_actor("clerk"), new_id())
    early, late = (
        Database(engine, FixedClock(datetime.now(UTC) + timedelta(hours=hours)), "supervision")
        for hours in (23, 25)
    )

    async with early.transaction(cause) as tx:
        removed_early = await remove_old_answers(tx, kept_hours=24)
    async with late.transaction(cause) as tx:
        removed_late = await remove_old_answers(tx, kept_hours=24)

    assert (removed_early, removed_late) == (0, 2)
    assert await _found(api, "SELECT * FROM idempotency_keys") == []


@pytest.mark.parametrize("service", SERVICES)
async def test_the_clerk_of_every_service_removes_them(
    service: str, new_database: Callable[[str | None], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(service, database_url=new_database(service))
    engine = create_engine(settings, "tests")
    declared = import_module(f"{database_name(service)}.service").SERVICE
    monkeypatch.setattr(loops, "create_engine", lambda *_: engine)
    clerk = declared.build_loop("clerk", settings)
    async with engine.begin() as connection:
        await connection.execute(text(OLD))

    async def is_removed() -> bool:
        async with engine.connect() as connection:
            return not (await connection.execute(text("SELECT 1 FROM idempotency_keys"))).all()

    async with running(clerk):
        await until(is_removed)
    await engine.dispose()

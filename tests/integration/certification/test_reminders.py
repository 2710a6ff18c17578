"""Reminders of renewals and of answers: each given once, on its day, whoever was away."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from integration.certification.board_office import BoardOffice
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.law.clerk.sweep import sweep_batch
from shared.law.in_force import Law, load_law
from shared.security.principals import process_actor
from shared.testing.clocks import FixedClock


@pytest.fixture(scope="module")
def law() -> Law:
    """The law in force."""
    return load_law("standards-2012")


@pytest.fixture
async def empty_office(office: BoardOffice) -> BoardOffice:
    """The office with nothing of another test in its ledger."""
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE applications, duties CASCADE"))
    return office


async def _sweep(office: BoardOffice, law: Law) -> None:
    cause = Cause(process_actor("certification clerk"), new_id())
    async with office.database.transaction(cause) as tx:
        await sweep_batch(tx, law)


async def _told(office: BoardOffice, duty_id: str) -> list[tuple[str, str, int]]:
    answer = await office.http.get(f"/v1/duties/{duty_id}", headers=office.reviewer)
    return [(each["kind"], each["notify"], each["step"]) for each in answer.json()["notices"]]


async def test_a_renewal_is_reminded_of_at_120_90_60_and_30_days_once_each(
    empty_office: BoardOffice, clock: FixedClock, law: Law
) -> None:
    granted = await empty_office.certified(empty_office.provider_body())
    (duty,) = await empty_office.duties("renew-certification", granted["certification_id"])
    told = []

    clock.advance(timedelta(days=730 - 120))
    for days in (30, 30, 30, 0):
        for _ in range(2):
            await _sweep(empty_office, law)
        told.append(await _told(empty_office, duty["duty_id"]))
        clock.advance(timedelta(days=days))

    assert duty["due_on"] == "2028-11-19"
    assert [len(each) for each in told] == [1, 2, 3, 4]
    assert [(notify, step) for _, notify, step in told[-1]] == [
        ("owner", step) for step in (1, 2, 3, 4)
    ]
    assert {kind for kind, _, _ in told[-1]} == {"due-soon"}


async def test_a_notice_shows_who_was_reminded_of_its_answer(
    empty_office: BoardOffice, clock: FixedClock, law: Law
) -> None:
    submitted = await empty_office.submit(empty_office.provider_body(documents=[]))
    url = f"/v1/applications/{submitted['application_id']}/deficiencies"
    await empty_office.http.post(url, json={}, headers=empty_office.reviewer)
    clock.advance(timedelta(days=24))

    await _sweep(empty_office, law)

    (notice,) = (await empty_office.show(submitted["application_id"]))["deficiencies"]
    assert [(each["kind"], each["notify"]) for each in notice["reminders"]] == [
        ("due-soon", "owner")
    ]


async def test_an_incomplete_file_is_not_decided_and_its_missing_items_are_named(
    empty_office: BoardOffice,
) -> None:
    submitted = await empty_office.submit(empty_office.provider_body(documents=["fee"]))

    answer = await empty_office.decide(submitted["application_id"])

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:casomb:problem:incomplete")
    assert "documents.attestation" in {each["field"] for each in answer.json()["faults"]}


async def test_a_level_whose_checklist_is_unmet_is_not_granted(
    empty_office: BoardOffice,
) -> None:
    submitted = await empty_office.submit(empty_office.provider_body())
    await empty_office.complete(submitted["application_id"])

    answer = await empty_office.decide(submitted["application_id"], level="associate")

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:casomb:problem:checklist-unmet"
    assert answer.json()["faults"][0]["field"] == "documents.supervision-agreement"

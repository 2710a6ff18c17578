"""The queue narrowed to some of its files, and what each reviewer has and has done."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from integration.certification.board_office import ANOTHER, BoardOffice, Json
from shared.testing.clocks import FixedClock

REVIEWER = UUID(int=7)


@pytest.fixture
async def files(office: BoardOffice) -> dict[str, str]:
    """An associate's, a program's and a renewal's file in line; the associate's is assigned."""
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE applications, duties CASCADE"))
    granted = await office.certified(office.provider_body(**ANOTHER))
    associate = office.provider_body(level="associate", **ANOTHER)
    associate["documents"] = [*associate["documents"], "supervision-agreement"]
    renewal = {"purpose": "renewal", "certification_id": granted["certification_id"]}
    bodies = {
        "associate": associate,
        "program": office.program_body(**ANOTHER),
        "renewal": office.provider_body(**renewal),
    }
    made: dict[str, str] = {}
    for name, body in bodies.items():
        made[name] = (await office.submit(body))["application_id"]
        await office.complete(made[name])
    url = f"/v1/applications/{made['associate']}/assignments"
    await office.http.post(url, json={"reviewer": str(REVIEWER)}, headers=office.manager)
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=program", {"program"}),
        ("level=associate", {"associate"}),
        ("purpose=renewal", {"renewal"}),
        (f"reviewer={REVIEWER}", {"associate"}),
        ("unassigned=true", {"program", "renewal"}),
    ],
)
async def test_the_queue_is_narrowed(
    office: BoardOffice, files: dict[str, str], query: str, expected: set[str]
) -> None:
    answer = await office.http.get(f"/v1/queue?{query}", headers=office.reviewer)

    shown = {each["application_id"] for each in answer.json()["items"]}
    assert {name for name, identity in files.items() if identity in shown} == expected
    assert len(shown) == len(expected)


async def _load(office: BoardOffice, reviewer: str) -> Json:
    answer = await office.http.get("/v1/queue-loads", headers=office.manager)
    found: Json = {each["reviewer_id"]: each for each in answer.json()["items"]}
    load: Json = found[reviewer]
    return load


async def test_a_load_says_what_is_overdue_and_what_was_decided_and_a_report_what_was_late(
    office: BoardOffice, files: dict[str, str], clock: FixedClock
) -> None:
    reviewer = office.as_reviewer(REVIEWER)
    clock.advance(timedelta(days=46))

    before = await _load(office, str(REVIEWER))
    url = f"/v1/applications/{files['associate']}"
    seen = {"If-Match": await office.etag(files["associate"])}
    verdict = {"outcome": "denied", "reasons": ["no license"]}
    await office.http.post(f"{url}/decisions", json=verdict, headers=reviewer | seen)
    after = await _load(office, str(REVIEWER))
    period = {"since": "2027-01-01", "until": "2027-02-01"}
    report = await office.http.get("/v1/queue-reports", params=period, headers=reviewer)

    assert (before["overdue"], before["decided"]) == (1, 0)
    assert (after["overdue"], after["decided"]) == (0, 1)
    assert (report.json()["decided_in_time"], report.json()["decided_late"]) == (0, 1)


async def test_a_check_for_completeness_after_its_day_is_reported_as_late(
    office: BoardOffice, files: dict[str, str], clock: FixedClock
) -> None:
    submitted = await office.submit(office.provider_body(**ANOTHER))
    clock.advance(timedelta(days=300))
    await office.complete(submitted["application_id"])

    period = {"since": "2027-09-01", "until": "2027-10-01"}
    report = await office.http.get("/v1/queue-reports", params=period, headers=office.reviewer)

    assert (report.json()["screened_in_time"], report.json()["screened_late"]) == (0, 1)

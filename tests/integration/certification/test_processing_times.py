"""How long the Board takes is public: by kind and purpose, for a period, few files unsaid."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from integration.certification.board_office import ANOTHER, PROVIDER_ITEMS, BoardOffice, Json
from integration.certification.program_desk import refusal
from shared.testing.clocks import FixedClock

PERIOD = {"since": "2026-12-01", "until": "2026-12-11"}


@pytest.fixture
async def decided(office: BoardOffice, clock: FixedClock) -> BoardOffice:
    """Decisions of December 10, 2026: five new providers and one program.

    Of each provider the last item came two days after the rest, 18, 14, 10, 6 and 2 days before.
    """
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE applications, duties CASCADE"))
    files = [await _complete_after_two_days(office, clock) for _ in range(5)]
    program = await office.submit(office.program_body())
    await office.complete(program["application_id"])
    for each in (*files, program["application_id"]):
        answer = await office.decide(each, outcome="denied", reasons=["no log"])
        assert answer.status_code == 201, answer.text
    return office


async def _complete_after_two_days(office: BoardOffice, clock: FixedClock) -> str:
    submitted = await office.submit(
        office.provider_body(documents=list(PROVIDER_ITEMS[:-1]), **ANOTHER)
    )
    application_id: str = submitted["application_id"]
    clock.advance(timedelta(days=2))
    await office.http.post(
        f"/v1/applications/{application_id}/documents",
        json={"item": "fee"},
        headers=office.applicant,
    )
    clock.advance(timedelta(days=2))
    await office.complete(application_id)
    return application_id


async def _asked(office: BoardOffice, **query: str) -> Json:
    answer = await office.http.get("/v1/processing-times", params=query)
    assert answer.status_code == 200, answer.text
    said: Json = answer.json()
    return said


async def test_shortest_median_and_longest_are_public_by_kind_and_purpose(
    decided: BoardOffice,
) -> None:
    said = await _asked(decided, **PERIOD)

    groups = {(each["kind"], each["purpose"]): each for each in said["groups"]}
    assert (said["since"], said["until"], said["fewest_files"]) == (*PERIOD.values(), 5)
    assert groups["provider", "new"] == {
        "kind": "provider",
        "purpose": "new",
        "files": 5,
        "from_complete": {"minimum_days": 2, "median_days": 10.0, "maximum_days": 18},
        "from_received": {"minimum_days": 4, "median_days": 12.0, "maximum_days": 20},
    }
    assert set(groups) == {
        *(("program", "new"), ("program", "renewal")),
        *(("provider", "new"), ("provider", "renewal"), ("provider", "upgrade")),
    }


async def test_of_a_few_files_only_their_number_is_said(decided: BoardOffice) -> None:
    said = await _asked(decided, **PERIOD)

    groups = {(each["kind"], each["purpose"]): each for each in said["groups"]}
    assert groups["program", "new"]["files"] == 1
    assert groups["program", "new"]["from_complete"] is None
    assert groups["program", "new"]["from_received"] is None
    assert groups["provider", "renewal"]["files"] == 0


async def test_a_decision_of_another_period_does_not_count(decided: BoardOffice) -> None:
    said = await _asked(decided, since="2026-11-01", until="2026-12-01")

    assert {each["files"] for each in said["groups"]} == {0}


async def test_without_a_period_it_is_the_twelve_months_before_today(decided: BoardOffice) -> None:
    said = await _asked(decided)

    assert (said["since"], said["until"]) == ("2025-12-10", "2026-12-10")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"since": "2026-12-10", "until": "2026-12-10"}, "empty-period"),
        ({"since": "2026-01-01", "until": "2026-12-12"}, "period-in-future"),
        ({"since": "2020-01-01", "until": "2026-12-10"}, "period-too-long"),
    ],
)
async def test_a_period_that_cannot_be_reported_is_refused(
    decided: BoardOffice, query: dict[str, str], code: str
) -> None:
    answer = await decided.http.get("/v1/processing-times", params=query)

    assert refusal(answer) == (422, code)


async def test_a_page_says_the_same_in_words(decided: BoardOffice, clock: FixedClock) -> None:
    clock.advance(timedelta(days=1))

    answer = await decided.http.get("/processing-times")

    words = " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "from Thursday, December 11, 2025 to Thursday, December 10, 2026" in words
    assert "New applications of providers: 5 decisions" in words
    assert "shortest 2 days, median 10, longest 18" in words
    assert "New applications of programs: 1 decision" in words
    assert "No times are shown, because there were fewer than 5 decisions." in words

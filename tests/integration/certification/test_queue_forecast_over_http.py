"""The forecast rests on what the desk did: two decisions a day, three new files a day.

The days are those before Thanksgiving of 2026; offices open again on Monday, November 30.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from certification.app import build_api
from certification.domain.forecast.open_files import Stage
from certification.settings import Settings
from certification.storage.kept_forecasts import KeptForecasts
from certification.use_cases.forecast_queue import outlook_of_screening, range_for
from integration.certification.board_office import ANOTHER, BoardOffice, Json
from shared.database.transaction import Cause
from shared.http.routes import PUBLIC
from shared.identifiers import new_id
from shared.law.in_force import load_law
from shared.security.principals import Role, process_actor
from shared.testing.clocks import FixedClock
from shared.testing.tokens import LocalIssuer

MORNING = datetime(2026, 11, 25, 17, tzinfo=UTC)
FIRST_DAY = datetime(2026, 11, 3, 17, tzinfo=UTC)
VETERANS_DAY_BACK = 14
WORKING_DAYS, IN_LINE = 15, 15
WEDNESDAY, MONDAY, TUESDAY = "2026-11-25", "2026-11-30", "2026-12-01"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture(scope="module")
async def stages(settings: Settings, issuer: LocalIssuer) -> dict[str, Stage]:
    """Fifteen days of work in the database of this module; at which stage each file then is."""
    clock = FixedClock(FIRST_DAY)
    app = build_api(settings, clock)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://certification") as http:
        office = BoardOffice(http, issuer, app.state.parts.database)
        line: list[str] = []
        for back in range(22, 0, -1):
            clock.set(MORNING - timedelta(days=back))
            if (MORNING - timedelta(days=back)).weekday() < 5 and back != VETERANS_DAY_BACK:
                line += [await _complete(office) for _ in range(3)]
                for each in (line.pop(0), line.pop(0)):
                    await _decided(office, each)
        clock.set(MORNING)
        others = {
            await _sent_back(office, await _complete(office)): Stage.PAUSED,
            await _submitted(office, documents=["fee"]): Stage.NOT_COMPLETE,
        }
    await app.state.parts.database.engine.dispose()
    return dict.fromkeys(line, Stage.IN_LINE) | others


async def _submitted(office: BoardOffice, **changes: object) -> str:
    submitted = await office.submit(office.provider_body(**ANOTHER, **changes))
    found: str = submitted["application_id"]
    return found


async def _complete(office: BoardOffice) -> str:
    application_id = await _submitted(office)
    await office.complete(application_id)
    return application_id


async def _decided(office: BoardOffice, application_id: str) -> None:
    answer = await office.decide(application_id, outcome="denied", reasons=["not shown"])
    assert answer.status_code == 201, answer.text


async def _sent_back(office: BoardOffice, application_id: str) -> str:
    answer = await office.http.post(
        f"/v1/applications/{application_id}/deficiencies",
        json={"items": [{"item": "fee", "reason": "not signed"}]},
        headers=office.reviewer,
    )
    assert answer.status_code == 201, answer.text
    return application_id


async def _forecast(office: BoardOffice, **query: object) -> Json:
    params = {name: str(value) for name, value in query.items()}
    answer = await office.http.get("/v1/queue-forecasts", params=params, headers=office.reviewer)
    assert answer.status_code == 200, answer.text
    page: Json = answer.json()
    return page


async def test_the_forecast_says_what_it_rests_on(
    office: BoardOffice, stages: dict[str, Stage]
) -> None:
    page = await _forecast(office, seed=7)

    assert page["observed"] == {
        "from_day": "2026-08-31",
        "until_day": "2026-11-24",
        "working_days": WORKING_DAYS,
        "reviewers": 1,
        "reviewer_days": WORKING_DAYS,
        "decisions": 30,
        "completions": 45,
        "completion_delays": 46,
        "answer_delays": 0,
        "decisions_today": 0,
    }
    assert (page["seed"], page["runs"], page["lookback_days"]) == (7, 300, 60)
    assert page["as_of"] == "2026-11-25T17:00:00Z"
    assert page["lacks"] == []
    assert "first in, first out" in " ".join(page["assumptions"])
    assert page["open_files"] == {"in-line": IN_LINE, "paused": 1, "not-complete": 1}
    assert page["screening"] == {
        "waiting": 1,
        "overdue": 0,
        "per_working_day": 3.0,
        "late_at_pace": 0,
    }


async def test_files_in_line_are_reached_in_turn_on_open_days(
    office: BoardOffice, stages: dict[str, Stage]
) -> None:
    page = await _forecast(office, limit=5)

    assert [each["application_id"] for each in page["items"]] == list(stages)[:5]
    assert [each["queue_position"] for each in page["items"]] == [1, 2, 3, 4, 5]
    assert [each["reached"]["median_on"] for each in page["items"]] == [
        *(WEDNESDAY, WEDNESDAY, MONDAY, MONDAY, TUESDAY),
    ]
    assert page["items"][0]["reached"] == {
        "earliest_on": WEDNESDAY,
        "median_on": WEDNESDAY,
        "latest_on": WEDNESDAY,
    }


async def test_every_open_file_is_on_one_page_whatever_its_stage(
    office: BoardOffice, stages: dict[str, Stage]
) -> None:
    first = await _forecast(office, limit=10)
    second = await _forecast(office, limit=10, after=first["next"])

    found = [*first["items"], *second["items"]]
    assert {each["application_id"]: each["stage"] for each in found} == stages
    assert second["next"] is None
    assert len(found) == len(stages)


async def test_of_a_paused_file_nothing_is_said_before_answers_were_observed(
    office: BoardOffice, stages: dict[str, Stage]
) -> None:
    page = await _forecast(office)

    paused = [each for each in page["items"] if each["stage"] == Stage.PAUSED]
    assert [(each["reached"], each["late_probability"]) for each in paused] == [(None, None)]
    assert page["files_without_range"] == 1


async def test_one_reviewer_more_or_fewer_is_told_with_what_is_asked(
    office: BoardOffice, stages: dict[str, Stage]
) -> None:
    page = await _forecast(office)
    none = await _forecast(office, reviewers=0, passes_target=True)

    assert page["as_staffed"]["reviewers"] == 1
    assert page["as_staffed"]["late_at_median"] == 0
    assert page["one_reviewer_more"]["reviewers"] == 2
    assert page["one_reviewer_fewer"] == none["as_staffed"]
    assert none["as_staffed"]["late_cautiously"] == len(none["items"]) == IN_LINE + 1
    assert none["one_reviewer_fewer"] is None
    assert none["items"][0]["reached"]["earliest_on"] is None
    assert none["items"][0]["late_probability"] == 1


async def test_too_short_a_look_back_is_said_to_be_too_little(
    office: BoardOffice, stages: dict[str, Stage]
) -> None:
    page = await _forecast(office, lookback_days=10)

    assert page["lacks"] == ["20 decisions, of 30 needed"]
    assert page["items"] == []
    assert page["as_staffed"] is None
    assert page["observed"]["working_days"] == 10


async def test_a_forecast_is_made_anew_after_a_minute(
    office: BoardOffice, clock: FixedClock, stages: dict[str, Stage]
) -> None:
    first = await _forecast(office)
    clock.advance(timedelta(seconds=59))
    second = await _forecast(office)
    clock.advance(timedelta(seconds=1))
    third = await _forecast(office)

    assert first == second
    assert third["as_of"] == "2026-11-25T17:01:00Z"
    assert third["items"] == first["items"]


async def test_one_file_is_found_in_the_forecast_of_the_whole(
    office: BoardOffice, stages: dict[str, Stage]
) -> None:
    law, kept = load_law("standards-2012"), KeptForecasts()
    first = UUID(next(iter(stages)))
    async with office.database.transaction(Cause(PUBLIC, new_id())) as tx:
        found = await range_for(tx, law, kept, first)
        stranger = await range_for(tx, law, kept, new_id())

    assert found is not None
    assert stranger is not None
    assert found.prospect is not None
    assert found.prospect.place == 1
    assert stranger.prospect is None
    assert stranger.forecast.as_of == MORNING


@pytest.mark.parametrize(
    "query",
    [
        {"runs": "49"},
        {"reviewers": "-1"},
        {"lookback_days": "9"},
        {"seed": "2147483648"},
        {"after": "nothing"},
        {"passes_target": "perhaps"},
    ],
)
async def test_what_cannot_be_forecast_is_refused(
    office: BoardOffice, query: dict[str, str]
) -> None:
    answer = await office.http.get("/v1/queue-forecasts", params=query, headers=office.reviewer)

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == f"query.{next(iter(query))}"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.BOARD_MANAGER, 200),
        (Role.AUDITOR, 200),
        (Role.OPERATOR, 200),
        (Role.APPLICANT, 403),
        (Role.PARTNER, 403),
    ],
)
async def test_the_forecast_of_the_whole_is_the_boards(
    office: BoardOffice, role: Role, status: int
) -> None:
    answer = await office.http.get("/v1/queue-forecasts", headers=office.holding(role))

    assert answer.status_code == status


async def test_where_the_calendar_begins_today_no_check_was_observed(
    office: BoardOffice, clock: FixedClock
) -> None:
    law = load_law("standards-2012")
    first = law.calendars["state-offices"].covers_from
    clock.set(datetime(first.year, first.month, first.day, 20, tzinfo=UTC))

    async with office.database.transaction(Cause(process_actor("tests"), new_id())) as tx:
        outlook = await outlook_of_screening(tx, law, 30)

    assert (outlook.per_working_day, outlook.late_at_pace) == (None, None)

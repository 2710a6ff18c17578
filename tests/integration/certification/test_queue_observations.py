"""What a forecast reads from the record: each open file's stage, and what happened lately."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from certification.domain.forecast.forecasting import NotEnoughObserved
from certification.domain.forecast.observed import Observed
from certification.domain.forecast.open_files import OpenFile, Stage
from certification.domain.forecast.tallies import Answered, Completed, Worked
from certification.storage import queue_observations
from certification.storage.kept_forecasts import KeptForecasts
from certification.use_cases.forecast_queue import range_for
from integration.certification.board_office import ANOTHER, BoardOffice
from shared.database.transaction import Cause, Transaction
from shared.http.routes import PUBLIC
from shared.identifiers import new_id
from shared.law.in_force import load_law
from shared.security.principals import Role
from shared.testing.clocks import FixedClock

FRIDAY = date(2026, 11, 20)
LATE_ON_FRIDAY = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
"""Half past eleven at night in California, the next day in UTC."""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(LATE_ON_FRIDAY)


@pytest.fixture
async def complete(office: BoardOffice) -> str:
    """The one file of the desk, complete."""
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE applications CASCADE"))
    submitted = await office.submit(office.provider_body())
    found: str = submitted["application_id"]
    await office.complete(found)
    return found


@pytest.fixture
async def tx(office: BoardOffice) -> AsyncIterator[Transaction]:
    """A transaction of nobody in particular."""
    async with office.database.transaction(Cause(PUBLIC, new_id())) as entered:
        yield entered


async def _post(office: BoardOffice, url: str, **body: object) -> None:
    seen = {"If-Match": await office.etag(url.split("/", maxsplit=1)[0])}
    headers = (office.applicant if url.endswith("documents") else office.reviewer) | seen
    answer = await office.http.post(f"/v1/applications/{url}", json=body, headers=headers)
    assert answer.status_code in {200, 201}, answer.text


async def _send_back(office: BoardOffice, application_id: str) -> None:
    items = [{"item": "fee", "reason": "not signed"}]
    await _post(office, f"{application_id}/deficiencies", items=items)


async def _only(tx: Transaction) -> OpenFile:
    (found,) = await queue_observations.open_files(tx)
    return found


async def test_a_complete_file_is_in_line_with_the_date_in_the_ledger(
    complete: str, tx: Transaction
) -> None:
    file = await _only(tx)

    assert file == OpenFile(
        UUID(complete), Stage.IN_LINE, FRIDAY, LATE_ON_FRIDAY, None, date(2027, 1, 4)
    )


async def test_a_file_whose_review_has_begun_is_in_review(
    office: BoardOffice, complete: str, tx: Transaction
) -> None:
    answer = await office.http.post(f"/v1/applications/{complete}/reviews", headers=office.reviewer)

    assert answer.status_code == 201, answer.text
    assert (await _only(tx)).stage is Stage.IN_REVIEW


async def test_a_file_sent_back_is_paused_since_the_notice_and_cured_by_the_answer(
    office: BoardOffice, clock: FixedClock, complete: str, tx: Transaction
) -> None:
    clock.advance(timedelta(days=3))
    await _send_back(office, complete)
    paused = await _only(tx)
    clock.advance(timedelta(days=4))
    await _post(office, f"{complete}/documents", item="fee")
    cured = await _only(tx)

    assert (paused.stage, paused.paused_on) == (Stage.PAUSED, date(2026, 11, 23))
    assert (cured.stage, cured.paused_on) == (Stage.CURED, None)
    assert cured.completed_at == LATE_ON_FRIDAY


async def test_a_file_that_was_never_complete_is_not_paused(
    office: BoardOffice, complete: str, tx: Transaction
) -> None:
    await office.decide(complete)
    submitted = await office.submit(office.provider_body(documents=["fee"], **ANOTHER))
    await _post(office, f"{submitted['application_id']}/deficiencies")

    file = await _only(tx)

    assert file == OpenFile(UUID(submitted["application_id"]), Stage.NOT_COMPLETE, FRIDAY)


async def test_drafts_and_decided_files_are_not_open(
    office: BoardOffice, complete: str, tx: Transaction
) -> None:
    await office.decide(complete)

    assert await queue_observations.open_files(tx) == []


async def test_completions_work_and_answers_are_tallied_by_the_days_of_california(
    office: BoardOffice, clock: FixedClock, complete: str, tx: Transaction
) -> None:
    clock.advance(timedelta(days=3))
    await _send_back(office, complete)
    clock.advance(timedelta(days=4))
    await _post(office, f"{complete}/documents", item="fee")
    await office.complete(complete)
    await office.decide(complete)

    tallies = await queue_observations.tallies(tx, FRIDAY)
    none = await queue_observations.tallies(tx, date(2026, 11, 28))

    assert tallies.completed == [Completed(FRIDAY, FRIDAY, 1)]
    assert tallies.worked == [Worked(date(2026, 11, 27), str(office.reviewer_id), 1)]
    assert tallies.answered == [Answered(date(2026, 11, 27), 4)]
    assert (none.completed, none.worked, none.answered) == ([], [], [])


async def test_being_given_a_file_is_work_with_nothing_decided(
    office: BoardOffice, complete: str, tx: Transaction
) -> None:
    manager = office.holding(Role.BOARD_MANAGER)
    reviewer = new_id()
    await office.http.post(
        f"/v1/applications/{complete}/assignments",
        json={"reviewer": str(reviewer)},
        headers=manager | {"If-Match": await office.etag(complete)},
    )

    tallies = await queue_observations.tallies(tx, FRIDAY)

    assert tallies.worked == [Worked(FRIDAY, str(reviewer), 0)]


async def test_nothing_is_said_of_a_file_where_too_little_was_observed(
    complete: str, tx: Transaction
) -> None:
    found = await range_for(tx, load_law("standards-2012"), KeptForecasts(), UUID(complete))

    assert found is not None
    assert found.prospect is None
    assert found.forecast.as_of == LATE_ON_FRIDAY


async def test_a_file_has_no_date_while_other_forecasts_are_being_made(
    complete: str, tx: Transaction
) -> None:
    kept, is_let_go = KeptForecasts(patience=timedelta(milliseconds=1)), asyncio.Event()

    async def make_slowly() -> NotEnoughObserved:
        await is_let_go.wait()
        return NotEnoughObserved(Observed(()), ("everything",))

    slow = asyncio.create_task(kept.of("slow", LATE_ON_FRIDAY, make_slowly))
    await asyncio.sleep(0)
    found = await range_for(tx, load_law("standards-2012"), kept, UUID(complete))
    is_let_go.set()
    await slow

    assert found is None

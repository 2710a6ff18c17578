"""The conformance set is current, and both consumers of this project pass it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg
import pytest
from pydantic import SecretStr

from contract.conformance import own_consumer, writing
from contract.conformance.own_consumer import OwnConsumer
from contract.conformance.running import CASES, RecordedFeed, case_names, case_of, check
from contract.conformance.worked_consumer import WorkedConsumer
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.process.settings import DatabaseSettings
from shared.testing.kernel_schema import kernel_schema

EVERY_CASE = pytest.mark.parametrize("name", case_names())
ONE_BY_ONE_AND_TOGETHER = pytest.mark.parametrize("size", [1, 100])


@pytest.fixture(scope="module")
async def database_url(new_database: Callable[[str | None], str]) -> str:
    made = new_database(None)
    connection = await asyncpg.connect(made)
    await connection.execute(kernel_schema())
    await connection.execute(own_consumer.APPLIED)
    await connection.close()
    return made


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A consumer's database, emptied of what the case before left."""
    connection = await asyncpg.connect(database_url)
    await connection.execute("TRUNCATE consumer_progress, parked_messages, applied_events, applied")
    await connection.close()
    settings = DatabaseSettings(database_url=SecretStr(database_url))
    engine = create_engine(settings, "test")
    yield Database(engine, SystemClock(), "conformance")
    await engine.dispose()


def test_the_committed_cases_are_what_the_code_would_write() -> None:
    committed = {path.name: path.read_text() for path in CASES.glob("*.json")}

    assert committed == writing.files(), "make conformance"


def test_the_page_lists_every_case() -> None:
    present = writing.PAGE.read_text()

    assert present == writing.page(present), "make conformance"


@ONE_BY_ONE_AND_TOGETHER
@EVERY_CASE
async def test_the_worked_consumer_does_what_a_correct_one_does(
    name: str, size: int, tmp_path: Path
) -> None:
    case = case_of(name)
    feed = RecordedFeed(case["feed"])

    await check(case, WorkedConsumer(case, feed, tmp_path), feed, size)


@ONE_BY_ONE_AND_TOGETHER
@EVERY_CASE
async def test_the_consumer_of_the_services_does_what_a_correct_one_does(
    name: str, size: int, database: Database
) -> None:
    case = case_of(name)
    feed = RecordedFeed(case["feed"])
    consumer = OwnConsumer(case, feed, database)
    await consumer.begin()

    await check(case, consumer, feed, size)

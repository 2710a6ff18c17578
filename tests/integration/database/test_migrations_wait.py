"""A migration waits for another runner, gives way to requests, and names whom it waits for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from faults.waiting import until
from shared.database.engine import driver_url
from shared.schema import migration
from shared.schema.schema_check import SchemaCheck

SECRET_WORDS = "SELECT 'Ana Reyes' FROM alembic_version"
WAITS_LONGER_THAN_FOR_A_TABLE = text(
    """
    SELECT count(*) FROM pg_stat_activity
    WHERE application_name = 'migrate' AND datname = current_database()
      AND wait_event = 'advisory' AND clock_timestamp() - query_start > interval '0.4 seconds'
    """
)


@pytest.fixture
async def scoring(new_database: Callable[[str | None], str]) -> AsyncIterator[AsyncEngine]:
    named = {"server_settings": {"application_name": "a county's report"}}
    engine = create_async_engine(driver_url(new_database("scoring")), connect_args=named)
    yield engine
    await engine.dispose()


@pytest.fixture(autouse=True)
def quick_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "LOCK_TIMEOUT", "300ms")
    monkeypatch.setattr("shared.schema.blockers.LOOK_SECONDS", 0.02)


async def test_a_runner_waits_for_another_however_short_it_waits_for_tables(
    scoring: AsyncEngine,
) -> None:
    async with scoring.connect() as other:
        await _hold_turn(other)
        migrating = asyncio.create_task(asyncio.to_thread(_migrate, scoring))
        await until(lambda: _waits(scoring))
        await other.rollback()

    await migrating

    assert await SchemaCheck(scoring, _migrations())() is None


async def test_a_runner_whose_turn_does_not_come_names_the_one_before_it(
    scoring: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration, "TURN_TIMEOUT", "300ms")
    async with scoring.connect() as other:
        await _hold_turn(other)

        with pytest.raises(migration.MigrationBlockedError) as refused:
            await asyncio.to_thread(_migrate, scoring)

    assert "a county's report (PostgreSQL process" in str(refused.value)
    assert "idle in transaction" in str(refused.value)


async def test_a_table_that_somebody_holds_is_given_up_and_the_holder_named_without_its_query(
    scoring: AsyncEngine,
) -> None:
    async with scoring.connect() as other:
        await other.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
        await other.execute(text(SECRET_WORDS))
        pid = await other.scalar(text("SELECT pg_backend_pid()"))

        with pytest.raises(migration.MigrationBlockedError) as refused:
            await asyncio.to_thread(_migrate, scoring)

    assert f"a county's report (PostgreSQL process {pid}, idle in transaction)" in str(
        refused.value
    )
    assert "Reyes" not in str(refused.value)


async def _hold_turn(other: AsyncConnection) -> None:
    await other.execute(
        text("SELECT pg_advisory_xact_lock(:key)"), {"key": migration.MIGRATION_LOCK}
    )


async def _waits(engine: AsyncEngine) -> bool:
    async with engine.connect() as looking:
        return bool(await looking.scalar(WAITS_LONGER_THAN_FOR_A_TABLE))


def _migrate(engine: AsyncEngine) -> None:
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    migration.migrate(_migrations(), url)


def _migrations() -> Path:
    found: Path = import_module("scoring.service").SERVICE.migrations
    return found

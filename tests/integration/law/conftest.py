"""A database with the ledger's tables, and what the tests of the ledger share."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from pydantic import SecretStr

from shared.database.audit import attach_audit
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.naming import service_metadata
from shared.database.outbox import attach_outbox
from shared.http.kept_answers import attach_kept_answers
from shared.law.duty.duty_tables import attach_duties
from shared.law.duty.kept_laws import attach_kept_laws
from shared.law.in_force import Law, load_law
from shared.law.rehearsal.law_changes import attach_law_changes
from shared.process.settings import DatabaseSettings
from shared.testing.clocks import FixedClock

METADATA = service_metadata()
for attach in (attach_outbox, attach_audit, attach_duties, attach_kept_answers):
    attach(METADATA)
attach_kept_laws(METADATA)
attach_law_changes(METADATA)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 18, tzinfo=UTC))


@pytest.fixture
def law() -> Law:
    return load_law("standards-2012")


@pytest.fixture(scope="module")
def database_url(new_database: Callable[[str | None], str]) -> str:
    return new_database(None)


@pytest.fixture
async def database(database_url: str, clock: FixedClock) -> AsyncIterator[Database]:
    settings = DatabaseSettings(database_url=SecretStr(database_url))
    engine = create_engine(settings, "tests")
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.drop_all)
        await connection.run_sync(METADATA.create_all)
    yield Database(engine, clock, "doj-gateway")
    await engine.dispose()


@pytest.fixture
def share_id() -> UUID:
    return UUID("019aa000-0000-7000-8000-0000000000a1")

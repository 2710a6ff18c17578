"""A database with work items alone, and people who ask about them."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from integration.work_items.office import Office
from shared.composition.app import Description, create_app
from shared.database.audit import attach_audit
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.naming import service_metadata
from shared.database.outbox import attach_outbox
from shared.http.kept_answers import attach_kept_answers
from shared.http.parts import RouteParts
from shared.process.settings import DatabaseSettings
from shared.testing.clocks import FixedClock
from shared.testing.sealing import fields_for_tests
from shared.work_items.work_item_routes import work_item_routers
from shared.work_items.work_item_tables import attach_work_items

METADATA = service_metadata()
for attach in (attach_outbox, attach_audit, attach_kept_answers, attach_work_items):
    attach(METADATA)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 18, tzinfo=UTC))


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
    yield Database(engine, clock, "supervision")
    await engine.dispose()


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    app = create_app(
        Description("Work items", "For tests."),
        parts=RouteParts(
            database=database,
            authenticator=Office.authenticator(),
            personal_fields=fields_for_tests(),
        ),
        routers=work_item_routers(),
        body_limit_bytes=10_000,
    )
    async with Office.open(app, database) as made:
        yield made

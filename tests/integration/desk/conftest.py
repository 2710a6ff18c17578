"""Scoring's API and command line on a real PostgreSQL, and messages set aside to decide on."""

from collections.abc import AsyncIterator, Callable, Iterator

import httpx
import pytest
from sqlalchemy import text

from integration.desk.parked import Parked
from integration.on_the_record import on_the_record
from scoring.app import build_api
from scoring.settings import Settings
from shared.testing.tokens import LocalIssuer


@pytest.fixture(scope="session")
def issuer() -> Iterator[LocalIssuer]:
    with LocalIssuer() as entered:
        yield entered


@pytest.fixture(scope="module")
def database_url(new_database: Callable[[str | None], str]) -> str:
    return new_database("scoring")


@pytest.fixture
async def parked(database_url: str, issuer: LocalIssuer) -> AsyncIterator[Parked]:
    """A desk with nothing on it."""
    told = {
        "database_url": database_url,
        "database_pool_size": 4,
        "kafka_bootstrap_servers": "127.0.0.1:9",
        "http_port": 1,
    }
    app = build_api(Settings.model_validate(told | issuer.settings()))
    database = app.state.parts.database
    async with database.engine.begin() as connection:
        await connection.execute(
            text("TRUNCATE parked_messages, consumer_progress, audit_entries, idempotency_keys")
        )
    transport = httpx.ASGITransport(app)
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://scoring") as client,
        on_the_record(client, database),
    ):
        yield Parked(client, database, issuer)
    await database.engine.dispose()

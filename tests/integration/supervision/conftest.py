"""The whole service on a real PostgreSQL, asked over HTTP; events reach its handlers directly."""

import base64
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from integration.kept_routes import KeptRoutes
from integration.on_the_record import on_the_record
from integration.supervision.world import Case, World
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.testing.clocks import FixedClock
from shared.testing.tokens import LocalIssuer
from supervision.app import build_api
from supervision.service import SERVICE
from supervision.settings import Settings

KEY = base64.b64encode(bytes(32)).decode()


@pytest.fixture(scope="session")
def issuer() -> Iterator[LocalIssuer]:
    with LocalIssuer() as entered:
        yield entered


@pytest.fixture(scope="module")
def settings(new_database: Callable[[str | None], str], issuer: LocalIssuer) -> Settings:
    told = {
        "database_url": new_database(SERVICE.name),
        "database_pool_size": 3,
        "kafka_bootstrap_servers": "127.0.0.1:9",
        "http_port": 1,
        "field_encryption_key": KEY,
        "blind_index_key": KEY,
    }
    return Settings.model_validate(told | issuer.settings())


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 18, tzinfo=UTC))


@pytest.fixture(scope="module")
async def routes(settings: Settings) -> AsyncIterator[KeptRoutes]:
    kept = KeptRoutes(build_api(settings))
    yield kept
    await kept.close()


@pytest.fixture(scope="module")
async def engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """Connections beside those of the API."""
    made = create_engine(settings, "tests")
    yield made
    await made.dispose()


@pytest.fixture
async def world(
    routes: KeptRoutes,
    engine: AsyncEngine,
    settings: Settings,
    issuer: LocalIssuer,
    clock: FixedClock,
) -> AsyncIterator[World]:
    """An agency with one officer, in a database shared with the other tests of the module."""
    app = routes.behind(build_api(settings, clock))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://supervision") as http:
        made = World(http, issuer, Database(engine, clock, SERVICE.name), clock)
        async with on_the_record(http, made.database):
            await made.settle()
            yield made


@pytest.fixture
async def case(world: World) -> Case:
    """A case whose placement is planned for December 1, 2026."""
    return await world.open_case(placement_on=date(2026, 12, 1))

"""The whole service on a real PostgreSQL, asked over HTTP with real tokens."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest

from certification.app import build_api
from certification.service import SERVICE
from certification.settings import Settings
from integration.certification.board_office import BODY_LIMIT, BoardOffice
from integration.kept_routes import KeptRoutes
from integration.on_the_record import on_the_record
from local_system.elliptic_keys import new_key
from shared.testing.clocks import FixedClock
from shared.testing.tokens import LocalIssuer


@pytest.fixture(scope="session")
def issuer() -> Iterator[LocalIssuer]:
    with LocalIssuer() as entered:
        yield entered


@pytest.fixture(scope="module")
def settings(
    new_database: Callable[[str | None], str],
    issuer: LocalIssuer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Settings:
    told = {
        "database_url": new_database(SERVICE.name),
        "database_pool_size": 3,
        "kafka_bootstrap_servers": "127.0.0.1:9",
        "http_port": 1,
        "http_body_limit_bytes": BODY_LIMIT,
        "pages_kept_seconds": 0,
        "board_contact": "916 555 0100",
        "document_store_url": tmp_path_factory.mktemp("documents").as_uri(),
        "register_signing_key": new_key(),
    }
    return Settings.model_validate(told | issuer.settings())


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 18, tzinfo=UTC))


@pytest.fixture(scope="module")
async def routes(settings: Settings) -> AsyncIterator[KeptRoutes]:
    kept = KeptRoutes(build_api(settings))
    yield kept
    await kept.close()


@pytest.fixture
async def office(
    routes: KeptRoutes, settings: Settings, issuer: LocalIssuer, clock: FixedClock
) -> AsyncIterator[BoardOffice]:
    """The Board's office, in a database shared with the other tests of the module."""
    app = routes.behind(build_api(settings, clock))
    database = app.state.parts.database
    transport = httpx.ASGITransport(app)
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://certification") as http,
        on_the_record(http, database),
    ):
        yield BoardOffice(http, issuer, database)

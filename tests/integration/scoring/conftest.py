"""The real API of scoring on a real PostgreSQL, and a case to work on."""

from collections.abc import AsyncIterator, Callable, Iterator

import httpx
import pytest

from integration.kept_routes import KeptRoutes
from integration.on_the_record import on_the_record
from integration.scoring.scene import NOW, Scene
from scoring.app import build_api
from scoring.service import SERVICE
from scoring.settings import Settings
from shared.testing.clocks import FixedClock
from shared.testing.tokens import LocalIssuer


@pytest.fixture(scope="session")
def issuer() -> Iterator[LocalIssuer]:
    with LocalIssuer() as entered:
        yield entered


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture(scope="module")
def settings(new_database: Callable[[str | None], str], issuer: LocalIssuer) -> Settings:
    told = {
        "database_url": new_database(SERVICE.name),
        "database_pool_size": 3,
        "kafka_bootstrap_servers": "127.0.0.1:9",
        "http_port": 1,
    }
    return Settings.model_validate(told | issuer.settings())


@pytest.fixture(scope="module")
async def routes(settings: Settings) -> AsyncIterator[KeptRoutes]:
    kept = KeptRoutes(build_api(settings))
    yield kept
    await kept.close()


@pytest.fixture
async def empty_scene(
    routes: KeptRoutes, settings: Settings, issuer: LocalIssuer, clock: FixedClock
) -> AsyncIterator[Scene]:
    """People whom scoring does not know yet."""
    app = routes.behind(build_api(settings, clock))
    database = app.state.parts.database
    transport = httpx.ASGITransport(app)
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://scoring") as client,
        on_the_record(client, database),
    ):
        yield Scene(client, database, issuer)


@pytest.fixture
async def scene(empty_scene: Scene) -> Scene:
    """A case with a team whose members may all score what is theirs."""
    await empty_scene.everything()
    return empty_scene

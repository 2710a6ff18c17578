"""The real API of scoring on a real PostgreSQL, and a case to work on."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import httpx
import pytest
from pydantic import SecretStr

from integration.scoring.scene import NOW, KnownActors, Scene
from scoring.app import build_api
from scoring.settings import Settings
from shared.testing.clocks import FixedClock


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture(scope="module")
def database_url(new_database: Callable[[str | None], str]) -> str:
    return new_database("scoring")


@pytest.fixture
async def empty_scene(database_url: str, clock: FixedClock) -> AsyncIterator[Scene]:
    """People whom scoring does not know yet."""
    settings = Settings(
        database_url=SecretStr(database_url),
        kafka_bootstrap_servers="127.0.0.1:9",
        http_port=1,
        token_issuer="http://issuer",
        token_keys_url="http://issuer/keys",
    )
    app = build_api(settings, clock)
    known = KnownActors()
    app.state.kernel = replace(app.state.kernel, authenticator=known)
    database = app.state.kernel.database
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://scoring") as client:
        yield Scene(client, database, known)
    await database.engine.dispose()


@pytest.fixture
async def scene(empty_scene: Scene) -> Scene:
    """A case with a team whose members may all score what is theirs."""
    await empty_scene.everything()
    return empty_scene

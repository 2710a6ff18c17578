"""The gateway on a real PostgreSQL, with a real DOJ simulator beside it."""

import base64
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import pytest

from contract.doj_simulator.running import KEY, RunningSimulator, running_simulator, served
from doj_gateway.app import build_api
from doj_gateway.service import SERVICE
from doj_gateway.settings import Settings
from integration.doj_gateway.gateway_world import World
from integration.doj_gateway.neighbors import Neighbors
from integration.on_the_record import on_the_record
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.testing.tokens import LocalIssuer

FIELD_KEY = base64.b64encode(bytes(32)).decode()


@pytest.fixture(scope="session")
def issuer() -> Iterator[LocalIssuer]:
    with LocalIssuer() as entered:
        yield entered


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    state_file: Path = tmp_path_factory.mktemp("simulator") / "state.sqlite"
    with running_simulator(state_file) as started:
        yield started


@pytest.fixture(scope="module")
def database_url(new_database: Callable[[str | None], str]) -> str:
    return new_database(SERVICE.name)


@pytest.fixture
async def world(
    database_url: str, issuer: LocalIssuer, simulator: RunningSimulator
) -> AsyncIterator[World]:
    """A gateway with neighbors of its own, in a database shared with the module's other tests."""
    neighbors = Neighbors()
    async with served(neighbors.app()) as url:
        told = {
            "database_url": database_url,
            "database_pool_size": 3,
            "kafka_bootstrap_servers": "127.0.0.1:9",
            "http_port": 1,
            "field_encryption_key": FIELD_KEY,
            "blind_index_key": FIELD_KEY,
            "service_token_url": f"{url}/token",
            "service_client_id": "doj-gateway",
            "service_client_secret": "a-secret",
            "supervision_url": url,
            "scoring_url": url,
            "doj_intake_url": simulator.url,
            "doj_intake_key": KEY,
            "doj_acknowledgment_poll_seconds": 0.05,
        }
        settings = Settings.model_validate(issuer.settings() | told)
        engine = create_engine(settings, "tests")
        yield World(settings, Database(engine, SystemClock(), SERVICE.name), neighbors, simulator)
        await engine.dispose()


@pytest.fixture
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the gateway's API."""
    app = build_api(world.settings)
    transport = httpx.ASGITransport(app)
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://gateway") as client,
        on_the_record(client, world.database),
    ):
        yield client
    await app.state.parts.database.engine.dispose()

"""One running simulator for the tests of a module."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from contract.doj_simulator.running import RunningSimulator, running_simulator


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    """Run it beside a gateway that is away."""
    state_file: Path = tmp_path_factory.mktemp("simulator") / "state.sqlite"
    with running_simulator(state_file) as running:
        yield running


@pytest.fixture
async def doj(simulator: RunningSimulator) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client that holds the key."""
    async with httpx.AsyncClient(base_url=simulator.url, headers=simulator.headers) as client:
        yield client

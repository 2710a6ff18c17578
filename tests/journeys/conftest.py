"""A whole system to travel through, and a partner beside it: all of it real processes."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from contract.events.emitted_events import check_system
from journeys.partner import Partner
from local_system.launch import Launch
from local_system.ports import free_block
from local_system.state import StateFolder
from local_system.system import System

FIRST_BASE = 30_000


@pytest.fixture(scope="session")
async def launch() -> AsyncIterator[Launch]:
    """Start a system for all journeys; what its services emitted is held against the catalog."""
    folder = tempfile.mkdtemp(prefix="casomb-journeys-")
    system = System(StateFolder(Path(folder)), free_block(FIRST_BASE))
    said: list[str] = []
    started = Launch(system, said.append)
    await started.start()
    try:
        yield started
        await check_system(system)
    finally:
        await started.stop()
        shutil.rmtree(folder)


@pytest.fixture
def partner(launch: Launch, tmp_path: Path) -> Iterator[Partner]:
    """A partner that follows certification's topic, with nothing read yet."""
    made = Partner(launch.system, "certification", tmp_path)
    yield made
    made.kill()

"""Systems to do harm to: real processes, real broker, real database."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from contract.events.emitted_events import check_system
from faults.counted import Counted, two_services
from local_system.launch import Launch
from local_system.ports import free_block
from local_system.state import StateFolder
from local_system.system import System

FIRST_BASE = 20_000


@dataclass
class RunningSystem:
    """A system that is up, what it is made of, and what its supervisor said."""

    system: System
    launch: Launch
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
async def running_system(request: pytest.FixtureRequest) -> AsyncIterator[RunningSystem]:
    """Start a system for all fault tests of this worker; stop it in order afterwards.

    What its services have emitted is held against the catalog first. Where a test has failed, the
    folder with everybody's logs stays.
    """
    folder = tempfile.mkdtemp(prefix="casomb-faults-")
    system = System(StateFolder(Path(folder)), free_block(FIRST_BASE))
    said: list[str] = []
    launch = Launch(system, said.append)
    await launch.start()
    try:
        yield RunningSystem(system, launch, said)
        await check_system(system)
    finally:
        await launch.stop()
        if not request.session.testsfailed:
            shutil.rmtree(folder)


@pytest.fixture
async def counted(
    new_database: Callable[[str | None], str], kafka: str, tmp_path: Path
) -> AsyncIterator[Counted]:
    """Two counting services in processes, on the lent servers."""
    async with two_services(new_database, kafka, tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def server_folder() -> Iterator[Path]:
    """A folder for servers of the module's own.

    Not among pytest's own folders: each run of pytest closes those to other accounts, and
    PostgreSQL runs as another one where we are root.
    """
    with tempfile.TemporaryDirectory(prefix="casomb-faults-") as folder:
        yield Path(folder)

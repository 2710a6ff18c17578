"""Systems to do harm to: real processes, real broker, real database."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from faults.counted import PARTITIONS, Counted, prepare_database
from local_system.launch import Launch
from local_system.ports import free_block
from local_system.state import State
from local_system.system import System
from shared.operations.settings import KafkaSettings

FIRST_BASE = 20_000


@dataclass
class RunningSystem:
    """A system that is up, what it is made of, and what its supervisor said."""

    system: System
    launch: Launch
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
async def running_system() -> AsyncIterator[RunningSystem]:
    """Start a system for all fault tests of this worker; stop it in order afterwards."""
    folder = tempfile.mkdtemp(prefix="casomb-faults-")
    system = System(State(Path(folder)), free_block(FIRST_BASE))
    said: list[str] = []
    launch = Launch(system, said.append)
    await launch.start()
    yield RunningSystem(system, launch, said)
    await launch.stop()
    shutil.rmtree(folder)


@pytest.fixture
async def counted(
    new_database: Callable[[str | None], str], kafka: str, tmp_path: Path
) -> AsyncIterator[Counted]:
    """Two counting services on fresh databases and a topic that nobody else uses."""
    urls = [new_database(None), new_database(None)]
    for url in urls:
        await prepare_database(url)
    settings = KafkaSettings(
        kafka_bootstrap_servers=kafka, kafka_partitions=PARTITIONS, kafka_replication_factor=1
    )
    made = Counted(*urls, settings, tmp_path)
    yield made
    await made.close()

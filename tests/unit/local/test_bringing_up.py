"""A service's time to get ready begins when the servers that it needs work."""

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from local_system import kafka_jars
from local_system.launch import Launch, service_programs, simulator_program
from local_system.ports import free_block
from local_system.program import ChildProgram
from local_system.state import StateFolder
from local_system.system import System


class _NoIssuer(Launch):
    """Starts nothing; notes what it is asked for."""

    def _start_issuer(self) -> None:
        """No token issuer."""


async def test_services_are_waited_for_only_once_kafka_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    launch = _NoIssuer(System(StateFolder(tmp_path), free_block(23_000)), heard.append)
    services_run = asyncio.Event()

    async def start_kafka() -> None:
        await services_run.wait()
        heard.append("Kafka works")

    async def start_postgres_and(programs: Sequence[ChildProgram]) -> None:
        heard.append(f"{len(programs)} programs run")
        services_run.set()

    async def wait_ready(names: Iterable[str], seconds: float) -> None:
        heard.append(f"waiting for {len(list(names))}")

    monkeypatch.setattr(launch, "_start_kafka", start_kafka)
    monkeypatch.setattr(launch, "_start_postgres_and", start_postgres_and)
    monkeypatch.setattr(launch.supervisor, "wait_ready", wait_ready)

    await launch.bring_up()

    assert heard[:3] == ["9 programs run", "Kafka works", "waiting for 9"]


def test_the_processes_of_all_services_are_forked_and_the_simulator_too(tmp_path: Path) -> None:
    system = System(StateFolder(tmp_path), free_block(23_000))

    programs = [*service_programs(system), simulator_program(system)]

    assert [program.name for program in programs if not program.shares_imports] == []
    assert len(programs) == 9


def test_how_much_of_kafka_has_arrived_is_counted(tmp_path: Path) -> None:
    arriving = tmp_path / f"kafka-{kafka_jars.VERSION}.new" / "repository" / "org"
    arriving.mkdir(parents=True)
    (arriving / "kafka.jar").write_bytes(b"x" * 300)
    (arriving / "clients.jar.part").write_bytes(b"x" * 40)
    (arriving / "kafka.pom").write_bytes(b"x" * 7)

    assert kafka_jars.fetched_bytes(tmp_path) == 340
    assert kafka_jars.fetched_bytes(tmp_path / "nothing yet") == 0

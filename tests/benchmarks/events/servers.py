"""The PostgreSQL and the Kafka that everything of one run shares, durable as in earnest."""

import asyncio
import contextlib
import secrets
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from local_system.kafka import Kafka, broker_of_your_own
from local_system.ports import free_port
from local_system.postgres import Postgres, server_of_your_own
from local_system.processes import Supervisor

START_SECONDS = 90


@dataclass(frozen=True)
class Servers:
    """Where the two are: an address that may create databases, and a bootstrap address."""

    postgres: str
    kafka: str


@contextlib.asynccontextmanager
async def servers() -> AsyncIterator[Servers]:
    """Start both for the length of the block, unless the environment names some of your own."""
    folder = Path(tempfile.mkdtemp(prefix="casomb-bench-"))
    supervisor = Supervisor(folder / "processes", say)
    try:
        postgres = server_of_your_own() or await _start_postgres(supervisor, folder)
        kafka = broker_of_your_own() or await _start_kafka(supervisor, folder)
        yield Servers(postgres, kafka)
    finally:
        await supervisor.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.asynccontextmanager
async def postgres_alone() -> AsyncIterator[str]:
    """Start a PostgreSQL for the length of the block, unless the environment names your own."""
    folder = Path(tempfile.mkdtemp(prefix="casomb-bench-"))
    supervisor = Supervisor(folder / "processes", say)
    try:
        yield server_of_your_own() or await _start_postgres(supervisor, folder)
    finally:
        await supervisor.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def _start_postgres(supervisor: Supervisor, folder: Path) -> str:
    server = Postgres(
        folder=folder / "postgres",
        port=free_port(),
        password=secrets.token_urlsafe(12),
        log=folder / "postgres.log",
    )
    await asyncio.to_thread(server.prepare)
    await supervisor.start(server.program())
    await supervisor.wait_ready(["postgres"], START_SECONDS)
    return server.url()


async def _start_kafka(supervisor: Supervisor, folder: Path) -> str:
    broker = Kafka(
        folder=folder / "kafka",
        port=free_port(),
        controller_port=free_port(),
        log=folder / "kafka.log",
    )
    await asyncio.to_thread(broker.prepare)
    await supervisor.start(broker.program())
    await supervisor.wait_ready(["kafka"], START_SECONDS)
    return broker.bootstrap


def say(line: str) -> None:
    """Tell of progress and of what dies, beside the result."""
    sys.stderr.write(f"{line}\n")

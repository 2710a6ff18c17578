"""A PostgreSQL or a Kafka of a test's own, to be stopped, wiped and filled."""

import asyncio
import os
import secrets
import shutil
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from faults.waiting import until
from local_system.fresh_databases import FreshDatabases
from local_system.kafka import Kafka
from local_system.ports import free_port
from local_system.postgres import Postgres
from local_system.program import ChildProgram, spawn

START_SECONDS = 240.0
STOP_SECONDS = 120.0


@dataclass
class OwnServer:
    """A server that runs when it is told to and stays away when it is not."""

    program: ChildProgram
    _process: asyncio.subprocess.Process | None = None

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it and wait until it works, again where a killed predecessor is in the way."""

        async def works() -> bool:
            if not self.is_running:
                self._process = await spawn(self.program)
            return await self.program.is_ready()

        await until(works, START_SECONDS)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        os.kill(self._process.pid, number)

    async def end(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End it and wait until it is gone; SIGKILL ends it as a crash would."""
        if self._process is None or not self.is_running:
            return
        self.send(number)
        async with asyncio.timeout(STOP_SECONDS):
            await self._process.wait()


@asynccontextmanager
async def own_kafka(
    folder: Path, log: Path | None = None
) -> AsyncIterator[tuple[OwnServer, Kafka]]:
    """Run a broker of one's own for the length of the block."""
    kafka = Kafka(folder / "kafka", free_port(), free_port(), log or folder / "kafka.log")
    await asyncio.to_thread(kafka.prepare)
    server = OwnServer(kafka.program())
    try:
        await server.start()
        yield server, kafka
    finally:
        await server.end()


@asynccontextmanager
async def own_postgres(
    folder: Path, log: Path | None = None
) -> AsyncIterator[tuple[OwnServer, Postgres]]:
    """Run a database server of one's own, durable as in production, for the length of the block."""
    postgres = Postgres(
        folder / "postgres", free_port(), secrets.token_urlsafe(12), log or folder / "postgres.log"
    )
    await asyncio.to_thread(postgres.prepare)
    server = OwnServer(postgres.program())
    try:
        await server.start()
        yield server, postgres
    finally:
        await server.end(signal.SIGQUIT)


def wipe_topic(kafka: Kafka, topic: str) -> None:
    """Take a topic's log directories away, as a lost disk does; the broker is stopped."""
    for directory in (kafka.folder / "data").glob(f"{topic}-*"):
        shutil.rmtree(directory)


def bytes_waiting_at(port: int) -> int:
    """Return how many bytes were sent to a port of this machine and not read yet (Linux)."""
    waiting = 0
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            _, local, _, _, queues, *_ = line.split()
            if int(local.rpartition(":")[2], 16) == port:
                waiting += int(queues.partition(":")[2], 16)
    return waiting


def databases_on(postgres: Postgres, folder: Path) -> Callable[[str | None], str]:
    """How fresh databases are made on a server of one's own."""
    return FreshDatabases(postgres.url(), folder).fresh

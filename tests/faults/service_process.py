"""One real process of a service that a test starts, kills, pauses and wakes."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import httpx

from faults.waiting import until
from local_system.ports import HOST, free_port
from local_system.program import ChildProgram, inherited_environment, spawn
from local_system.readiness import answers_ok
from shared.testing.armed_process import FaultFolder

START_SECONDS = 240.0
FAULT_SECONDS = 240.0
STOP_SECONDS = 20.0
TESTS = Path(__file__).resolve().parents[1]


def armed_command(folder: Path, *command: str) -> tuple[str, ...]:
    """Return how a service's command line is run so that it can be made to fail."""
    return (sys.executable, "-m", "shared.testing.armed_process", str(folder), *command)


@dataclass
class ServiceProcess:
    """A process by its command; made again with `start` after it has ended."""

    name: str
    folder: Path
    command: tuple[str, ...]
    settings: Mapping[str, str]
    port: int = field(default_factory=free_port)
    """Where it answers about its health."""
    http_port: int = field(default_factory=free_port)
    """Where it takes requests, if it is an API."""
    _process: asyncio.subprocess.Process | None = None

    @property
    def faults(self) -> FaultFolder:
        """What it is to suffer."""
        return FaultFolder(self.folder)

    @property
    def process_id(self) -> int:
        """Its id while it runs."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it; it is not ready then."""
        assert not self.is_running
        ports = {
            "CASOMB_OPERATIONS_PORT": str(self.port),
            "CASOMB_HTTP_PORT": str(self.http_port),
        }
        program = ChildProgram(
            name=self.name,
            command=armed_command(self.folder, *self.command),
            log=self.folder / "log",
            is_ready=answers_ok(f"http://{HOST}:{self.port}/health/ready"),
            environment={
                **inherited_environment(),
                "PYTHONPATH": str(TESTS),
                **self.settings,
                **ports,
            },
        )
        self._process = await spawn(program)

    async def until_ready(self) -> None:
        """Wait until it says that it is well."""
        await until(answers_ok(f"http://{HOST}:{self.port}/health/ready"), START_SECONDS)

    async def reason(self) -> str:
        """Say what its health gives as reasons; empty when it is well or does not answer."""
        try:
            async with httpx.AsyncClient(timeout=20) as http:
                answer = await http.get(f"http://{HOST}:{self.port}/health/ready")
        except httpx.HTTPError:
            return ""
        return "; ".join(each["reason"] for each in answer.json()["checks"] if each["reason"])

    async def until_reason(self, words: str, seconds: float = FAULT_SECONDS) -> None:
        """Wait until its health gives a reason with these words."""

        async def said() -> bool:
            return words in await self.reason()

        await until(said, seconds)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.process_id, number)

    async def kill(self) -> None:
        """End it as a crash would."""
        if self.is_running:
            self.send(signal.SIGKILL)
            await self.until_ended()

    async def until_ended(self) -> int:
        """Wait until it has ended; return its exit code."""
        assert self._process is not None
        async with asyncio.timeout(FAULT_SECONDS):
            return await self._process.wait()

    async def until_killed_at(self, point: StrEnum) -> None:
        """Wait until the armed point has killed it."""
        assert await self.until_ended() == -signal.SIGKILL
        assert self.faults.was_reached(point)

    async def until_paused_at(self, point: StrEnum) -> None:
        """Wait until the armed point has stopped it."""

        async def is_paused() -> bool:
            return self.faults.was_reached(point) and _state(self.process_id) == "T"

        await until(is_paused, FAULT_SECONDS)

    async def stop(self) -> None:
        """Stop it in order; one that does not in time is killed."""
        if not self.is_running:
            return
        with suppress(ProcessLookupError):
            self.send(signal.SIGCONT)
            self.send(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self.until_ended()
        except TimeoutError:
            await self.kill()

    def said(self, words: str) -> bool:
        """Whether its log has these words."""
        return words in (self.folder / "log").read_text()


def _state(process_id: int) -> str:
    """Return the letter by which the kernel gives a process's state; T is stopped."""
    return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]


@asynccontextmanager
async def running(*processes: ServiceProcess) -> AsyncIterator[None]:
    """Run processes during the block, from when all are well; those that are left are stopped."""
    async with started(*processes):
        for process in processes:
            await process.until_ready()
        yield


@asynccontextmanager
async def started(*processes: ServiceProcess) -> AsyncIterator[None]:
    """Run processes during the block, well or not; those that are left are stopped."""
    try:
        for process in processes:
            await process.start()
        yield
    finally:
        await asyncio.gather(*(process.stop() for process in processes))

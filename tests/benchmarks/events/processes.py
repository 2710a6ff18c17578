"""The processes that take part, each by itself, and what they cost while something goes on."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.events.place import Place

_READY_SECONDS = 30.0
_STOP_SECONDS = 30.0


@dataclass(frozen=True)
class Cost:
    """What a process used between two moments."""

    seconds: float
    cpu_seconds: float


class Meter:
    """Reads a process's clock of processor time; of this process where none is named."""

    def __init__(self, process_id: int | None = None) -> None:
        self._process = psutil.Process(process_id)
        self._began_at, self._began_cpu = time.perf_counter(), self._cpu()

    def read(self) -> Cost:
        """Return what was used since the meter was made."""
        return Cost(time.perf_counter() - self._began_at, self._cpu() - self._began_cpu)

    @property
    def megabytes(self) -> float:
        """What the process keeps in memory now."""
        return float(self._process.memory_info().rss) / 1_000_000

    def _cpu(self) -> float:
        times = self._process.cpu_times()
        return float(times.user + times.system)


@dataclass
class Child:
    """A process that runs a role until it is told to stop, and then may hand over a result."""

    process: asyncio.subprocess.Process

    def meter(self) -> Meter:
        """Begin to measure what it costs."""
        return Meter(self.process.pid)

    async def result(self) -> dict[str, Any]:
        """Wait until it ends by itself and return what it printed."""
        output, _ = await self.process.communicate()
        if self.process.returncode != 0:
            raise RuntimeError(f"a process of the benchmark ended with {self.process.returncode}")
        answer: dict[str, Any] = json.loads(output.splitlines()[-1])
        return answer

    async def stop(self) -> dict[str, Any]:
        """Tell it to stop and return what it printed."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(_STOP_SECONDS):
            return await self.result()


async def start(role: str, place: Place, **options: object) -> Child:
    """Start a role; returns when it says that it is ready."""
    tests = str(Path(__file__).parents[2])
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"benchmarks.events.role_{role}"),
        *(place.packed(), json.dumps(options)),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": tests},
    )
    async with asyncio.timeout(_READY_SECONDS):
        await _first_line(process)
    return Child(process)


async def _first_line(process: asyncio.subprocess.Process) -> None:
    if process.stdout is None or not await process.stdout.readline():
        raise RuntimeError("a process of the benchmark did not start")


@contextlib.asynccontextmanager
async def running(role: str, place: Place, **options: object) -> AsyncIterator[Child]:
    """Run a role for the length of the block."""
    child = await start(role, place, **options)
    try:
        yield child
    finally:
        if child.process.returncode is None:
            await child.stop()

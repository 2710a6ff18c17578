"""Runs the real simulator as a process, and small servers that stand in for its neighbors."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.types import ASGIApp

from local_system.ports import HOST, free_port
from shared.http.serving import ApiProtocol
from shared.process.patience import Patience, PatientConfig

KEY = "a-key-for-tests"
PATIENCE_SECONDS = 120.0
LOOK_AGAIN_SECONDS = 0.02


class RunningSimulator:
    """One simulator with a state file and a port that outlive its process."""

    def __init__(
        self,
        state_file: Path,
        *,
        gateway_url: str = "",
        token_url: str = "",
        acknowledge_after_seconds: float = 0.1,
    ) -> None:
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.headers = {"X-Intake-Key": KEY}
        self._settings = {
            "HOST": HOST,
            "PORT": str(self.port),
            "STATE_FILE": str(state_file),
            "INTAKE_KEY": KEY,
            "ACKNOWLEDGE_AFTER_SECONDS": str(acknowledge_after_seconds),
            "GATEWAY_URL": gateway_url or f"http://{HOST}:9",
            "TOKEN_URL": token_url or f"http://{HOST}:9/token",
            "CLIENT_ID": "doj",
            "CLIENT_SECRET": "a-secret-for-tests",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it answers."""
        settings = {f"DOJ_SIMULATOR_{name}": value for name, value in self._settings.items()}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "doj_simulator", "serve"], env={**os.environ, **settings}
        )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not _answers(f"{self.url}/health/ready"):
            assert self._process.poll() is None, "the simulator has ended"
            assert time.monotonic() < deadline, "the simulator does not start"
            time.sleep(LOOK_AGAIN_SECONDS)

    def kill(self) -> None:
        """End the process as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE_SECONDS)
            self._process = None

    def arrived(self) -> list[dict[str, Any]]:
        """What came to DOJ, in order."""
        answer = httpx.get(f"{self.url}/simulation/submissions", headers=self.headers)
        found: list[dict[str, Any]] = answer.raise_for_status().json()
        return found


@contextmanager
def running_simulator(
    state_file: Path, *, acknowledge_after_seconds: float = 0.1, **urls: str
) -> Iterator[RunningSimulator]:
    """Run a simulator for the length of the block."""
    simulator = RunningSimulator(
        state_file, acknowledge_after_seconds=acknowledge_after_seconds, **urls
    )
    try:
        simulator.start()
        yield simulator
    finally:
        simulator.kill()


@asynccontextmanager
async def served(app: ASGIApp, port: int | None = None) -> AsyncIterator[str]:
    """Serve an application of the test's own on a free port, in this process."""
    port = port or free_port()
    config = PatientConfig(app, Patience(), ApiProtocol, host=HOST, port=port, lifespan="off")
    server = uvicorn.Server(config)
    server.config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    try:
        yield f"http://{HOST}:{port}"
    finally:
        await server.shutdown()


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds, for a bounded time."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await holds():  # noqa: ASYNC110 - another process changes it, no event here
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).is_success
    except httpx.HTTPError:
        return False

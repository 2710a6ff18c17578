"""The fork server starts a service's processes as `python -m` would, and none outlives it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from local_system.forked import ForkedProcess, ForkServer, ForkServerEndedError
from local_system.processes import Supervisor
from local_system.program import Program, inherited_environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a fork server")

PATIENCE = 60
TELLING = """
import json, os, random, signal, sys

def own(signal_number):
    return str(signal.getsignal(signal_number))

print(json.dumps({
    "name": __name__,
    "arguments": sys.argv[1:],
    "environment": dict(os.environ),
    "session": os.getsid(0) == os.getpid(),
    "handlers": [own(signal.SIGCHLD), own(signal.SIGTERM)],
    "open": sorted(os.listdir("/proc/self/fd")),
    "luck": random.random(),
    "shares": "shared.operations.commands" in sys.modules,
}), flush=True)
sys.exit(int(sys.argv[1]))
"""
RESTING = "import time; print('up', flush=True); time.sleep(1000)"


@pytest.fixture
async def server() -> AsyncIterator[ForkServer]:
    begun = await ForkServer.begin()
    yield begun
    await begun.end()


def _program(folder: Path, name: str, script: str, *arguments: str) -> Program:
    (folder / f"{name}.py").write_text(script)

    async def has_spoken() -> bool:
        return (folder / f"{name}.log").stat().st_size > 0

    return Program(
        name=name,
        command=(sys.executable, "-m", name, *arguments),
        log=folder / f"{name}.log",
        is_ready=has_spoken,
        environment={"GIVEN": "it's \n given"},
        shares_imports=True,
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder whose modules the fork server finds: it is where the server starts."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def _ended(process: ForkedProcess) -> int:
    async with asyncio.timeout(PATIENCE):
        return await process.wait()

"""A process that the fork server starts is as one of `python -m`, and none outlives the server."""

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
from local_system.program import ChildProgram

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a fork server")

PATIENCE = 60
TELLING = """
import json, os, random, signal, sys

print(json.dumps({
    "name": __name__,
    "arguments": sys.argv[1:],
    "environment": dict(os.environ),
    "leads a session": os.getsid(0) == os.getpid(),
    "hears of children": signal.getsignal(signal.SIGCHLD) != signal.SIG_DFL,
    "input": sys.stdin.read(),
    "files": sorted(os.listdir("/proc/self/fd"))[:-1],
    "has imported": "shared.console.commands" in sys.modules,
    "luck": random.random(),
}))
sys.exit(3)
"""
RESTING = "import time; print('up', flush=True); time.sleep(1000)"


def _program(folder: Path, script: str, *arguments: str, log: str = "log") -> ChildProgram:
    (folder / f"played_{log}.py").write_text(script)

    async def has_spoken() -> bool:
        return "up" in (folder / log).read_text()

    return ChildProgram(
        name=f"played {log}",
        command=(sys.executable, "-m", f"played_{log}", *arguments),
        log=folder / log,
        is_ready=has_spoken,
        environment={"GIVEN": "it's\ngiven"},
        shares_imports=True,
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder whose modules a fork server finds: it is where the server starts."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
async def server(folder: Path) -> AsyncIterator[ForkServer]:
    del folder
    begun = await ForkServer.begin()
    yield begun
    await begun.end()


async def _ended(process: ForkedProcess) -> int:
    async with asyncio.timeout(PATIENCE):
        return await process.wait()


async def test_a_forked_process_is_as_one_of_its_own_that_has_imported_already(
    server: ForkServer, folder: Path
) -> None:
    process = await server.start(_program(folder, TELLING, "serve", "--at=noon"))

    assert await _ended(process) == 3
    told = json.loads((folder / "log").read_text())
    del told["luck"]
    assert told == {
        "name": "__main__",
        "arguments": ["serve", "--at=noon"],
        "environment": {"GIVEN": "it's\ngiven"},
        "leads a session": True,
        "hears of children": False,
        "input": "",
        "files": ["0", "1", "2"],
        "has imported": True,
    }


async def test_two_forked_processes_draw_lots_of_their_own(
    server: ForkServer, folder: Path
) -> None:
    one = await server.start(_program(folder, TELLING, log="one"))
    other = await server.start(_program(folder, TELLING, log="other"))
    await _ended(one)
    await _ended(other)

    lots = [json.loads((folder / log).read_text())["luck"] for log in ("one", "other")]

    assert lots[0] != lots[1]


async def test_what_services_share_leaves_no_thread_that_a_fork_would_lose(
    server: ForkServer, folder: Path
) -> None:
    forked = psutil.Process((await server.start(_program(folder, RESTING))).pid)

    parent = forked.parent()

    assert parent is not None
    assert parent.num_threads() == 1


async def test_a_killed_fork_server_takes_its_processes_along_and_starts_no_more(
    server: ForkServer, folder: Path
) -> None:
    process = await server.start(_program(folder, RESTING))
    forked = psutil.Process(process.pid)

    os.kill(forked.ppid(), signal.SIGKILL)

    assert await _ended(process) == -signal.SIGKILL
    await asyncio.to_thread(forked.wait, PATIENCE)
    with pytest.raises(ForkServerEndedError):
        await server.start(_program(folder, RESTING))


async def test_the_supervisor_starts_what_a_killed_fork_server_took_along(folder: Path) -> None:
    heard: list[str] = []
    supervisor = Supervisor(folder / "processes.json", heard.append)
    await supervisor.start(_program(folder, RESTING))
    forked = psutil.Process(supervisor.process_id("played log"))

    os.kill(forked.ppid(), signal.SIGKILL)
    await supervisor.wait_restarted("played log", forked.pid, PATIENCE)

    assert heard[0].startswith("played log ended (SIGKILL): again in 0.2 s")
    assert psutil.Process(supervisor.process_id("played log")).ppid() != os.getpid()
    await supervisor.stop()


async def test_where_no_fork_server_can_run_a_process_is_started_as_any_other(folder: Path) -> None:
    (folder / "local_system.py").write_text("")  # in the way of the package of that name
    supervisor = Supervisor(folder / "processes.json", lambda _: None)

    await supervisor.start(_program(folder, RESTING))
    await supervisor.wait_ready(["played log"], PATIENCE)

    assert psutil.Process(supervisor.process_id("played log")).ppid() == os.getpid()
    await supervisor.stop()

"""`make run`, as its user sees it: up, three commands that work, Ctrl-C, up again with the data."""

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import psutil
import pytest

from local_system.databases import address
from local_system.ports import Ports, free_block, is_free
from local_system.state import State
from local_system.system import System

FIRST_BASE = 26_000
UP_SECONDS = 120
DOWN_SECONDS = 60
COMMANDS = 3


class Run:
    """A running `python -m local_system run`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.printed: list[str] = []

    async def until(self, found: Callable[[str], bool], seconds: float) -> None:
        """Read what it prints up to a line; bounded."""
        assert self.process.stdout is not None
        async with asyncio.timeout(seconds):
            async for line in self.process.stdout:
                self.printed.append(line.decode().rstrip())
                if found(self.printed[-1]):
                    return
        raise AssertionError("\n".join(self.printed))

    def processes(self) -> list[psutil.Process]:
        """Itself and all it has started."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]


@pytest.fixture
def system(state_folder: Path) -> System:
    return System(State(state_folder / "state"), free_block(FIRST_BASE))


@asynccontextmanager
async def running(system: System, folder: Path) -> AsyncIterator[Run]:
    """Run it, wait until it is up; whatever happens, it has ended afterwards."""
    own = {"STATE": str(system.state.folder), "PORT_BASE": str(system.ports.offset_from)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "local_system", "run"),
        cwd=folder,
        env=os.environ | own,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    run = Run(process)
    try:
        await run.until(lambda line: line.startswith("Ctrl-C"), UP_SECONDS)
        yield run
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _interrupt(run: Run) -> None:
    run.process.send_signal(signal.SIGINT)
    async with asyncio.timeout(DOWN_SECONDS):
        await run.process.communicate()


async def _answer(command: str, folder: Path) -> dict[str, object]:
    shell = await asyncio.create_subprocess_shell(
        command, cwd=folder, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await shell.communicate()
    answer: dict[str, object] = json.loads(output)
    return answer


def _is_quiet(ports: Ports) -> bool:
    return all(is_free(port) for port in ports.by_process().values())


@pytest.mark.skipif(shutil.which("curl") is None, reason="the printed commands use curl")
async def test_the_printed_commands_work_as_they_stand(system: System, state_folder: Path) -> None:
    async with running(system, state_folder) as run:
        heading = run.printed.index("Three commands to try:")
        commands = run.printed[heading + 1 : heading + 1 + COMMANDS]

        answers = [await _answer(command, state_folder) for command in commands]

    directory, duties, preview = answers
    assert (directory["county"], directory["items"]) == ("Sacramento", [])
    assert duties == {"items": [], "next": None}
    assert preview["due_on"] == "2026-12-01"


async def test_ctrl_c_stops_everything_and_another_run_resumes_with_the_data(
    system: System, state_folder: Path
) -> None:
    database = address(system.postgres.url(), "scoring")
    async with running(system, state_folder) as first:
        connection = await asyncpg.connect(database)
        await connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        await connection.close()
        processes = first.processes()
        await _interrupt(first)
        exit_code = first.process.returncode

    async with running(system, state_folder) as second:
        connection = await asyncpg.connect(database)
        kept = await connection.fetchval("SELECT answer FROM kept")
        await connection.close()
        await _interrupt(second)

    assert exit_code == 0
    assert not [process for process in processes if process.is_running()]
    assert kept == 42
    assert _is_quiet(system.ports)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems sweep at the next start")
async def test_nothing_is_left_running_when_the_command_itself_is_killed(
    system: System, state_folder: Path
) -> None:
    async with running(system, state_folder) as run:
        processes = run.processes()

        run.process.kill()
        await run.process.wait()

    _, left = psutil.wait_procs(processes, timeout=DOWN_SECONDS)
    assert not left

"""`make run`, as its user sees it: up, three commands that work, Ctrl-C, up again with the data."""

import asyncio
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest

from contract.events.emitted_events import check_system
from local_system.databases import address
from local_system.ports import free_block, is_free
from local_system.state import StateFolder
from local_system.system import System
from shared.security.principals import Role

FIRST_BASE = 26_000
UP_SECONDS = 480
DOWN_SECONDS = 240
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


@asynccontextmanager
async def running(system: System, folder: Path, until: str = "Ctrl-C") -> AsyncIterator[Run]:
    """Run it, wait until it prints a line; whatever happens, it has ended afterwards."""
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
        await run.until(lambda line: until in line, UP_SECONDS)
        yield run
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _interrupt(run: Run) -> None:
    run.process.send_signal(signal.SIGINT)
    async with asyncio.timeout(DOWN_SECONDS):
        output, _ = await run.process.communicate()
    run.printed += output.decode().splitlines()


async def _answer(command: str, folder: Path) -> dict[str, Any]:
    shell = await asyncio.create_subprocess_shell(
        command, cwd=folder, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await shell.communicate()
    answer: dict[str, Any] = json.loads(output)
    return answer


async def _doctor(system: System, folder: Path) -> str:
    own = {"STATE": str(system.state.folder), "PORT_BASE": str(system.ports.offset_from)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "local_system", "doctor"),
        cwd=folder,
        env=os.environ | own,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    return f"{process.returncode} {output.decode()}"


@dataclass
class Seen:
    """What two runs on one state folder did."""

    answers: list[dict[str, Any]]
    doctor: str
    printed: list[str]
    kept_tokens: dict[str, str]
    exit_code: int | None
    left_after_ctrl_c: list[psutil.Process]
    taken_after_ctrl_c: list[int]
    kept: int
    left_after_kill: list[psutil.Process]


@pytest.fixture(scope="module")
async def seen() -> AsyncIterator[Seen]:
    """Run twice: once ended by Ctrl-C, once killed; starting is what costs."""
    with tempfile.TemporaryDirectory(prefix="casomb-run-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        system = System(StateFolder(folder / "state"), free_block(FIRST_BASE))
        database = address(system.postgres.url(), "scoring")
        async with running(system, folder) as first:
            answers = [await _answer(command, folder) for command in _commands(first)]
            doctor = await _doctor(system, folder)
            tokens = {str(role): (system.state.tokens / role).read_text().strip() for role in Role}
            await _execute(database, "CREATE TABLE kept AS SELECT 42 AS answer")
            started = first.processes()
            await check_system(system)
            await _interrupt(first)
        left = [process for process in started if process.is_running()]
        taken = [port for port in system.ports.by_process().values() if not is_free(port)]
        async with running(system, folder) as second:
            kept = await _execute(database, "SELECT answer FROM kept")
            started = second.processes()
            second.process.kill()
            await second.process.wait()
        _, left_after_kill = psutil.wait_procs(started, timeout=DOWN_SECONDS)
        ended = (first.process.returncode, left, taken, kept, left_after_kill)
        yield Seen(answers, doctor, first.printed, tokens, *ended)


def _commands(run: Run) -> list[str]:
    heading = run.printed.index("Three commands to try:")
    return run.printed[heading + 1 : heading + 1 + COMMANDS]


async def _execute(database: str, statement: str) -> int:
    connection = await asyncpg.connect(database)
    value: int = await connection.fetchval(statement)
    await connection.close()
    return value


def test_the_printed_commands_work_as_they_stand(seen: Seen) -> None:
    directory, duties, preview = seen.answers

    assert (directory["county"], directory["items"]) == ("Sacramento", [])
    assert duties == {"items": [], "next": None}
    assert preview["due_on"] == "2026-12-01"


def test_the_doctor_knows_a_running_system_and_has_nobody_end_its_processes(seen: Seen) -> None:
    assert seen.doctor.startswith("0 A system is running on state and uses these ports.")
    assert "taken" not in seen.doctor


def test_a_ready_token_per_role_is_printed_and_kept(seen: Seen) -> None:
    lines = [line.split() for line in seen.printed]
    printed = {line[0]: line[1] for line in lines if len(line) == 2 and line[0] in set(Role)}

    assert printed == seen.kept_tokens
    assert all(token.count(".") == 2 for token in printed.values())


def test_ctrl_c_stops_everything_and_leaves_no_process_and_no_port(seen: Seen) -> None:
    assert seen.exit_code == 0
    assert seen.left_after_ctrl_c == []
    assert seen.taken_after_ctrl_c == []


def test_another_run_goes_on_with_the_data(seen: Seen) -> None:
    assert seen.kept == 42


@pytest.mark.skipif(sys.platform != "linux", reason="other systems sweep at the next start")
def test_nothing_is_left_when_the_command_itself_is_killed(seen: Seen) -> None:
    assert seen.left_after_kill == []


async def test_a_start_that_is_interrupted_says_so_and_leaves_nothing() -> None:
    # pytest takes its own folders from other accounts, as which PostgreSQL may run.
    with tempfile.TemporaryDirectory(prefix="casomb-run-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        system = System(StateFolder(folder / "state"), free_block(FIRST_BASE))
        async with running(system, folder, until="PostgreSQL works") as run:
            started = run.processes()
            await _interrupt(run)

    assert run.printed[-1] == (
        "stopping what has started; a download that has begun is finished first"
    )
    assert run.process.returncode == 0
    assert [process for process in started if process.is_running()] == []

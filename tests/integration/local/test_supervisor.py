"""The supervisor keeps programs running and leaves no process behind, whatever ends it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest

from local_system import processes
from local_system.errors import CannotStartError
from local_system.processes import Supervisor
from local_system.program import ChildProgram

PATIENCE = 60
STUBBORN = "trap '' TERM; echo up >> $OUT; while :; do sleep 0.1; done"
WITH_CHILD = "sleep 1000 & echo $! > $OUT; wait"
NOTES_ITS_END = "trap 'echo $NAME >> $OUT; exit 0' TERM; while :; do sleep 0.02; done"


class Heard:
    """What the supervisor said, and a way to wait for it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.spoke = asyncio.Event()

    def __call__(self, line: str) -> None:
        """Hear a line."""
        self.lines.append(line)
        self.spoke.set()


def shell(
    folder: Path,
    name: str,
    script: str,
    *,
    stage: int = 0,
    is_ready: bool = True,
    hindered_by: str = "",
) -> ChildProgram:
    """A tiny program that writes to the file `OUT`."""

    async def ready() -> bool:
        return is_ready

    async def hindrance() -> str:
        return hindered_by

    environment = {"OUT": str(folder / "out"), "NAME": name, "PATH": os.environ["PATH"]}
    return ChildProgram(
        name=name,
        command=("/bin/sh", "-c", script),
        log=folder / f"{name}.log",
        is_ready=ready,
        hindrance=hindrance,
        environment=environment,
        stage=stage,
        stop_seconds=0.5,
    )


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something that tells nobody when it happens; bounded."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - other processes set no event
            await asyncio.sleep(0.02)


@pytest.fixture
async def heard() -> Heard:
    return Heard()


@pytest.fixture
async def supervisor(tmp_path: Path, heard: Heard) -> AsyncIterator[Supervisor]:
    made = Supervisor(tmp_path / "processes.json", heard)
    yield made
    await made.stop()


async def test_a_program_that_dies_is_started_again_and_one_line_says_so(
    supervisor: Supervisor, heard: Heard, tmp_path: Path
) -> None:
    await supervisor.start(shell(tmp_path, "steady", "exec sleep 1000"))
    first = supervisor.process_id("steady")

    os.kill(first, signal.SIGKILL)
    await until(lambda: supervisor.restarts("steady") == 1)

    assert supervisor.process_id("steady") != first
    assert len(heard.lines) == 1
    assert heard.lines[0].startswith("steady ended (SIGKILL): again in")


async def test_a_program_that_keeps_dying_is_started_ever_more_slowly(
    supervisor: Supervisor, heard: Heard, tmp_path: Path
) -> None:
    await supervisor.start(shell(tmp_path, "broken", "exit 3"))

    await until(lambda: len(heard.lines) == 3)

    pauses = [line.split("again in ")[1].split(";")[0] for line in heard.lines]
    assert pauses == ["0.2 s", "0.4 s", "0.8 s"]
    assert "exit code 3" in heard.lines[0]


async def test_stopping_goes_from_the_highest_stage_down(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    await supervisor.start(
        shell(tmp_path, "server", NOTES_ITS_END, stage=0),
        shell(tmp_path, "service", NOTES_ITS_END, stage=2),
        shell(tmp_path, "partner", NOTES_ITS_END, stage=1),
    )
    names = ("server", "service", "partner")
    shells = [psutil.Process(supervisor.process_id(name)) for name in names]
    await until(lambda: all(shell.name() in {"sh", "dash"} for shell in shells))
    await until(lambda: all(shell.children() for shell in shells))

    await supervisor.stop()

    assert (tmp_path / "out").read_text().split() == ["service", "partner", "server"]


async def test_a_program_that_ignores_the_request_to_stop_is_killed_in_bounded_time(
    supervisor: Supervisor, heard: Heard, tmp_path: Path
) -> None:
    await supervisor.start(shell(tmp_path, "stubborn", STUBBORN))
    process = psutil.Process(supervisor.process_id("stubborn"))
    await until((tmp_path / "out").exists)

    await supervisor.stop()

    assert not process.is_running()
    assert heard.lines == ["stubborn did not stop in time: it is killed."]


async def test_what_a_program_started_itself_ends_with_it(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    await supervisor.start(shell(tmp_path, "parent", WITH_CHILD))
    await until(lambda: (tmp_path / "out").exists() and (tmp_path / "out").read_text() != "")
    child = psutil.Process(int((tmp_path / "out").read_text()))

    await supervisor.stop()

    await until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


async def test_what_is_not_ready_in_time_is_named_with_its_log(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    await supervisor.start(
        shell(tmp_path, "slow", "exec sleep 1000", is_ready=False),
        shell(tmp_path, "quick", "exec sleep 1000"),
    )

    with pytest.raises(
        CannotStartError, match=r"^This does not work: slow\. See the logs: .*slow\.log\.$"
    ):
        await supervisor.wait_ready(["slow", "quick"], 0.2)


async def test_while_it_waits_it_says_for_whom_and_why(
    supervisor: Supervisor, heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "TELL_EVERY_SECONDS", 0.1)
    await supervisor.start(
        shell(
            tmp_path,
            "worker",
            "exec sleep 1000",
            is_ready=False,
            hindered_by="Kafka is unavailable",
        )
    )

    with pytest.raises(CannotStartError, match="This does not work: worker: Kafka is unavailable"):
        await supervisor.wait_ready(["worker"], 0.35)

    assert heard.lines[0] == "waiting for worker: Kafka is unavailable"

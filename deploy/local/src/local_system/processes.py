"""The supervisor: restarts programs that end, reports each in one line, stops all in order.

No process is left behind: each has its own session, which is ended as a whole; each ends with the
supervisor; and the next start ends any that remain, by the register of process ids.
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from local_system.errors import CannotStartError
from local_system.forked import ForkedProcess, ForkServer, ForkServerEndedError
from local_system.program import ChildProgram, spawn
from local_system.register import Register

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
STEADY_SECONDS = 20.0
LOOK_EVERY_SECONDS = 0.04
TELL_EVERY_SECONDS = 10.0

CAN_FORK = sys.platform == "linux"

Say = Callable[[str], None]
Running = asyncio.subprocess.Process | ForkedProcess


@dataclass
class Child:
    """A program with its running process and the task that keeps it running."""

    program: ChildProgram
    process: Running
    keeper: asyncio.Task[None] | None = None
    restarts: int = 0


@dataclass
class Supervisor:
    """Keeps programs running until it is stopped."""

    register_file: Path
    say: Say
    _children: dict[str, Child] = field(default_factory=dict)
    _fork_server: ForkServer | None = None

    async def warm_up(self) -> None:
        """Start importing what services share, before the first service is started."""
        if CAN_FORK and (self._fork_server is None or self._fork_server.has_ended):
            self._fork_server = await ForkServer.begin()

    async def start(self, *programs: ChildProgram) -> None:
        """Start programs and keep them running from now on."""
        for program in programs:
            child = Child(program, await self._spawn(program))
            self._children[program.name] = child
            self._register()
            child.keeper = asyncio.create_task(self._keep(child), name=f"keep {program.name}")

    async def wait_ready(self, names: Iterable[str], seconds: float) -> None:
        """Wait until these programs work, and print now and then which one does not and why.

        After `seconds`, raises CannotStartError with the same text and the logs' paths.
        """
        children = [self._children[name] for name in names]
        waiting = {asyncio.create_task(self._until_ready(child)): child for child in children}
        end = time.monotonic() + seconds
        late = set(waiting)
        try:
            while late:
                pause = min(TELL_EVERY_SECONDS, end - time.monotonic())
                _, late = await asyncio.wait(late, timeout=max(pause, 0))
                if late:
                    await self._tell_or_refuse([waiting[task].program for task in late], end)
        finally:
            for task in late:
                task.cancel()

    async def _tell_or_refuse(self, late: list[ChildProgram], end: float) -> None:
        lines = [f"{program.name}: {await program.hindrance()}" for program in late]
        awaited = "; ".join(line.removesuffix(": ") for line in sorted(lines))
        if time.monotonic() < end:
            self.say(f"waiting for {awaited}")
            return
        logs = ", ".join(sorted(str(program.log) for program in late))
        raise CannotStartError(f"This does not work: {awaited}. See the logs: {logs}.")

    async def wait_restarted(self, name: str, ended: int, seconds: float) -> None:
        """Wait until the program that had this process id works again as another process."""
        child = self._children[name]
        async with asyncio.timeout(seconds):
            while child.process.pid == ended:  # noqa: ASYNC110 - the keeper sets no event
                await asyncio.sleep(LOOK_EVERY_SECONDS)
        await self.wait_ready([name], seconds)

    def process_id(self, name: str) -> int:
        """The process id of a program that is running now."""
        return self._children[name].process.pid

    def restarts(self, name: str) -> int:
        """How often a program had to be started again."""
        return self._children[name].restarts

    async def stop(self) -> None:
        """Stop everything, the highest stage first; bounded in time."""
        children = list(self._children.values())
        for child in children:
            if child.keeper is not None:
                child.keeper.cancel()
        for stage in sorted({child.program.stage for child in children}, reverse=True):
            together = [child for child in children if child.program.stage == stage]
            await asyncio.gather(*(self._end(child) for child in together))
        self._children.clear()
        if self._fork_server is not None:
            await self._fork_server.end()
        Register(self.register_file).clear()

    async def _spawn(self, program: ChildProgram) -> Running:
        if program.shares_imports:
            await self.warm_up()
            if self._fork_server is not None:
                with suppress(ForkServerEndedError):
                    return await self._fork_server.start(program)
        return await spawn(program)

    async def _until_ready(self, child: Child) -> None:
        # Polled, because another process sends no event when it becomes ready.
        while child.process.returncode is not None or not await child.program.is_ready():  # noqa: ASYNC110 - polled
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _keep(self, child: Child) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            began = time.monotonic()
            code = await child.process.wait()
            pause = FIRST_PAUSE_SECONDS if time.monotonic() - began > STEADY_SECONDS else pause
            name, log = child.program.name, child.program.log
            self.say(f"{name} ended ({_ending(code)}): again in {pause:.1f} s; log: {log}")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            child.process = await self._spawn(child.program)
            child.restarts += 1
            self._register()

    async def _end(self, child: Child) -> None:
        _signal_session(child.process.pid, child.program.stop_signal)
        try:
            async with asyncio.timeout(child.program.stop_seconds):
                await child.process.wait()
        except TimeoutError:
            self.say(f"{child.program.name} did not stop in time: it is killed.")
        _signal_session(child.process.pid, signal.SIGKILL)
        await child.process.wait()

    def _register(self) -> None:
        Register(self.register_file).write(
            {name: child.process.pid for name, child in self._children.items()}
        )


def _signal_session(process_id: int, wanted: signal.Signals) -> None:
    """Signal a child's whole session, so that processes it has started end too."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process_id, wanted)


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name

"""The supervisor's side of `local_system.fork_server`: orders processes and follows them."""

import asyncio
import json
import signal
import sys
from collections import deque
from contextlib import suppress

from local_system.program import ChildProgram, inherited_environment
from local_system.tether import tied_command


class ForkServerEndedError(Exception):
    """The fork server ended before it started the ordered process."""


class ForkedProcess:
    """A process that the fork server started, with the interface of asyncio's own processes."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._code: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @property
    def returncode(self) -> int | None:
        """Its exit code, below zero for a signal; None while it runs."""
        return self._code.result() if self._code.done() else None

    async def wait(self) -> int:
        """Wait until it has ended; gives its exit code."""
        return await asyncio.shield(self._code)

    def note_end(self, code: int) -> None:
        """Record that it has ended."""
        self._code.set_result(code)


class ForkServer:
    """One running fork server."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._ordered: deque[asyncio.Future[ForkedProcess]] = deque()
        self._running: dict[int, ForkedProcess] = {}
        self._reading = asyncio.create_task(self._read(), name="fork server")

    @classmethod
    async def begin(cls) -> "ForkServer":
        """Start a fork server; orders sent during its imports wait."""
        return cls(
            await asyncio.create_subprocess_exec(
                *tied_command((sys.executable, "-m", "local_system.fork_server")),
                env=inherited_environment(),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                start_new_session=True,
            )
        )

    @property
    def has_ended(self) -> bool:
        """Whether it accepts no more orders."""
        return self._reading.done()

    async def start(self, program: ChildProgram) -> ForkedProcess:
        """Start a program whose command is `python -m …`; ForkServerEndedError if it cannot be."""
        if self.has_ended or self._process.stdin is None:
            raise ForkServerEndedError
        started: asyncio.Future[ForkedProcess] = asyncio.get_running_loop().create_future()
        self._ordered.append(started)
        self._process.stdin.write(_order(program))
        with suppress(ConnectionError):  # the reader sees that too, and tells all who wait
            await self._process.stdin.drain()
        return await started

    async def end(self) -> None:
        """End it; its forked processes are killed with it."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._reading

    async def _read(self) -> None:
        if self._process.stdout is not None:
            async for line in self._process.stdout:
                report = json.loads(line)
                if "started" in report:
                    self._note_start(report["started"])
                elif process := self._running.pop(report["ended"], None):
                    process.note_end(report["code"])
        await self._process.wait()
        for ordered in self._ordered:
            if not ordered.done():
                ordered.set_exception(ForkServerEndedError())
        for process in self._running.values():
            process.note_end(-signal.SIGKILL)  # by the kernel, when their parent ended

    def _note_start(self, pid: int) -> None:
        self._running[pid] = ForkedProcess(pid)
        ordered = self._ordered.popleft()
        if not ordered.done():  # its orderer was canceled while it waited
            ordered.set_result(self._running[pid])


def _order(program: ChildProgram) -> bytes:
    _, _, module, *arguments = program.command
    program.log.parent.mkdir(parents=True, exist_ok=True)
    order = {
        "name": program.name,
        "module": module,
        "arguments": arguments,
        "environment": dict(program.environment),
        "log": str(program.log),
        "orphan_signal": int(program.orphan_signal),
    }
    return f"{json.dumps(order)}\n".encode()

"""Runs the loops of one process, with health routes, a watchdog and an orderly shutdown.

Processes are crash-only: if a loop raises or makes no progress, the process ends with a reason and
a non-zero code, and its supervisor starts it again.
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from shared.process.garbage import collect_seldom
from shared.process.health import Check
from shared.process.logging import logger
from shared.process.servers import operations_server

LOG = logger(__name__)
STOP_SECONDS = 10.0
STALLED_SECONDS = 60.0


class Loop(Protocol):
    """Work that repeats until it is stopped."""

    name: str

    @property
    def last_progress(self) -> float:
        """Monotonic time of the loop's last round, whether it had work or not."""
        ...

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish the current work and return."""
        ...

    async def reason(self) -> str | None:
        """Why the loop is unhealthy; None if it is healthy."""
        ...


def stop_on_signals() -> asyncio.Event:
    """Return an event that is set by SIGTERM and SIGINT."""
    stop = asyncio.Event()
    running = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        running.add_signal_handler(number, stop.set)
    return stop


async def run_process(
    loops: Sequence[Loop], checks: Mapping[str, Check], at: tuple[str, int]
) -> int:
    """Run the loops until a signal or a failure; return the exit code."""
    collect_seldom()
    stop = stop_on_signals()
    everything = {**checks, **{loop.name: loop.reason for loop in loops}}
    server = operations_server(everything, at)
    serving = asyncio.create_task(server.serve(), name="operations")
    working = [asyncio.create_task(loop.run(stop), name=loop.name) for loop in loops]
    watching = asyncio.create_task(_watch(loops), name="watchdog")
    stopping = asyncio.create_task(stop.wait(), name="signal")

    done: set[asyncio.Task[Any]]
    done, _ = await asyncio.wait(
        [*working, watching, serving, stopping], return_when=asyncio.FIRST_COMPLETED
    )
    failed = _report(done - {stopping})
    stop.set()
    _, stuck = await asyncio.wait(working, timeout=STOP_SECONDS) if working else (set(), set())
    for task in stuck:
        LOG.error("loop_did_not_stop", loop=task.get_name())
    server.should_exit = True
    await asyncio.wait([serving], timeout=2)
    watching.cancel()
    return 1 if failed or stuck else 0


def leave(code: int) -> None:
    """End the process at once, even if a client library hangs."""
    sys.stdout.flush()
    sys.stderr.flush()

    os._exit(code)


def _report(done: set[asyncio.Task[Any]]) -> bool:
    for task in done:
        error = None if task.cancelled() else task.exception()
        LOG.error("loop_ended", loop=task.get_name(), reason=repr(error) if error else "returned")
    return bool(done)


async def _watch(loops: Sequence[Loop]) -> None:
    while True:
        await asyncio.sleep(STALLED_SECONDS / 6)
        for loop in loops:
            if time.monotonic() - loop.last_progress > STALLED_SECONDS:
                LOG.error("loop_stalled", loop=loop.name, seconds=STALLED_SECONDS)
                return

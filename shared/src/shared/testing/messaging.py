"""Test tools: run a loop during a block, wait for a condition, fail at a named point."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from enum import StrEnum

from shared.process.fault_points import LISTENERS, FaultPoint
from shared.process.loops import Loop

PATIENCE_SECONDS = 120.0
_LOOK_SECONDS = 0.01
_STOP_SECONDS = 60.0


class KilledError(BaseException):
    """Simulates the end of a process; no error handler catches it."""


@contextlib.contextmanager
def armed(point: FaultPoint, fault: BaseException | None = None) -> Iterator[None]:
    """Make the code fail once at a named point; checks that it reached the point."""
    reached: list[StrEnum] = []

    def hear(where: StrEnum) -> None:
        if where is point and not reached:
            reached.append(where)
            raise fault or KilledError(point)

    LISTENERS.append(hear)
    try:
        yield
        if not reached:
            raise AssertionError(f"never reached: {point}")
    finally:
        LISTENERS.remove(hear)


@contextlib.asynccontextmanager
async def running(loop: Loop) -> AsyncIterator["asyncio.Task[None]"]:
    """Run a loop during the block, then stop it; if it ended early, raise its error."""
    stop = asyncio.Event()
    task = asyncio.create_task(loop.run(stop))
    try:
        yield task
    finally:
        stop.set()
        async with asyncio.timeout(_STOP_SECONDS):
            await asyncio.wait({task})
    task.result()


async def killed(loop: Loop) -> None:
    """Run a loop until a fault point kills it."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await loop.run(asyncio.Event())
    except KilledError:
        return
    raise AssertionError("the loop ended by itself")


async def until(
    condition: Callable[[], Awaitable[bool]], seconds: float = PATIENCE_SECONDS
) -> None:
    """Wait until a condition is true; fails if that takes too long."""
    deadline = time.monotonic() + seconds
    while not await condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} seconds: {condition.__qualname__}")
        await asyncio.sleep(_LOOK_SECONDS)

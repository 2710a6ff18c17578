"""Loops run for the length of a block, conditions awaited, and faults at named points."""

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
    """Stands for the end of a process; nothing that handles errors catches it."""


@contextlib.contextmanager
def armed(point: FaultPoint, fault: BaseException | None = None) -> Iterator[None]:
    """Let the code fail once when it reaches a point; checks that it got there."""
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
    """Run a loop during the block, then stop it in order; what ended it early is raised."""
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
    """Wait until a condition holds; fails when it does not in time."""
    deadline = time.monotonic() + seconds
    while not await condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} seconds: {condition.__qualname__}")
        await asyncio.sleep(_LOOK_SECONDS)

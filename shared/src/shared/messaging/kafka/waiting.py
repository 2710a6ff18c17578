"""Waits for the client library with a timeout.

If its broker is gone, an idempotent send of aiokafka and its `stop` can hang forever. A send that
does not return ends its session; a stop that does not return is a WedgedError, which ends the
process. Its supervisor starts a new one, which first checks that the broker is available.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable
from typing import Any, Protocol, TypeVar

from aiokafka.errors import KafkaError

CALL_SECONDS = 10.0
STOP_SECONDS = 5.0

Result = TypeVar("Result")


class KafkaUnavailableError(Exception):
    """The broker is unavailable or did not answer in time; trying again may succeed."""


class WedgedError(Exception):
    """The client library never returned; only a new process helps."""


class KafkaClient(Protocol):
    """What every client of the library has."""

    async def start(self) -> None:
        """Connect."""
        ...


async def bounded(work: Awaitable[Result], seconds: float = CALL_SECONDS) -> Result:
    """Wait for a call of the library; its errors become KafkaUnavailableError."""
    task = asyncio.ensure_future(work)
    try:
        # Not wait_for: it would wait for a cancellation that the library swallows.
        done, _ = await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        _abandon(task)
        raise
    if not done:
        _abandon(task)
        raise KafkaUnavailableError(f"no answer within {seconds:g} seconds")
    if task.cancelled():  # by the library itself, which stops its own tasks and hears of it
        raise KafkaUnavailableError("the client gave up")
    try:
        return task.result()
    except (KafkaError, OSError, TimeoutError) as error:
        raise KafkaUnavailableError(f"{type(error).__name__}: {error}") from error


def _abandon(task: "asyncio.Future[Any]") -> None:
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    task.cancel()


async def stop(stopping: Awaitable[None], what: str) -> None:
    """Wait for a client to stop; raises WedgedError if it does not."""
    try:
        await bounded(stopping, STOP_SECONDS)
    except KafkaUnavailableError as error:
        raise WedgedError(f"the {what} did not stop: {error}") from error


@contextlib.asynccontextmanager
async def closing(stopping: Awaitable[None], what: str) -> AsyncIterator[None]:
    """Stop a client at the end of the block, even if the block raises."""
    try:
        yield
    finally:
        await stop(stopping, what)

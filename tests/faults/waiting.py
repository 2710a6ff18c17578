"""Waiting for what other processes do: looked for now and then, since no event tells us."""

import asyncio
import time
from collections.abc import Awaitable, Callable

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 240.0


async def until(
    condition: Callable[[], Awaitable[bool]], seconds: float = PATIENCE_SECONDS
) -> None:
    """Wait until a condition holds; fails when it does not in time."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {condition.__qualname__}"
        await asyncio.sleep(LOOK_SECONDS)

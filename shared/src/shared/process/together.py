"""Runs tasks that start and end together, and waits for the first of several events."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def run_together(
    *works: Coroutine[Any, Any, None], until: str = asyncio.FIRST_COMPLETED
) -> None:
    """Run until one returns or raises, then cancel the others and wait until they have ended.

    With `until=asyncio.FIRST_EXCEPTION` the others may finish after one returns.

    Raises the failure; of several, that of the last argument. So pass last the work whose failure
    matters most.
    """
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=until)
    finally:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    for outcome in reversed(outcomes):
        if outcome is not None and not isinstance(outcome, asyncio.CancelledError):
            raise outcome


async def first_of(seconds: float, *events: asyncio.Event) -> None:
    """Wait until one of the events is set, at most `seconds`."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()

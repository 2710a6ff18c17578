"""Requests that wait for new events wait on one look at the log, and none outlives the service."""

import asyncio
import time

import pytest

from shared.messaging.log.log_watch import LogWatch
from shared.testing.two_services import TwoServices


async def test_a_watch_that_is_stopped_ends_the_look_under_way(services: TwoServices) -> None:
    watch = LogWatch(services.database)
    waiting = asyncio.create_task(watch.beyond(0, time.monotonic() + 60))
    await asyncio.sleep(0)

    await watch.stop()

    with pytest.raises(asyncio.CancelledError):
        await waiting

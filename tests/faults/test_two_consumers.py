"""A rebalance in mid-batch: a partition has two owners for a while, each effect is made once."""

import asyncio
import signal

import pytest

from faults.counted import Counted, thing_in
from faults.service_process import running
from shared.process.fault_points import FaultPoint

TAKEN_OVER_SECONDS = 160
"""The old member's session, its idle transaction, and some for a busy machine."""


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(
            FaultPoint.HANDLED, id="the old owner in an open transaction", marks=pytest.mark.long
        ),
        pytest.param(FaultPoint.CONSUMED, id="the old owner just after its commit"),
    ],
)
async def test_rebalance_in_mid_batch_two_owners_at_once(
    counted: Counted, point: FaultPoint
) -> None:
    thing, elsewhere = thing_in(0), thing_in(1)
    old, new = counted.consumer("old"), counted.consumer("new")
    async with running(counted.publisher(), old):
        await counted.announce(thing, 1)
        await counted.until_noted(thing, 1)
        old.faults.arm(point, "pause")
        await counted.announce(thing, 2)
        await old.until_paused_at(point)

        await new.start()
        await counted.announce(elsewhere, 1)
        async with asyncio.timeout(TAKEN_OVER_SECONDS):
            await counted.until_noted(elsewhere, 1)  # the group is the new one's alone by now
        await counted.announce(thing, 3)
        old.send(signal.SIGCONT)

        await counted.announce(thing, 4)
        await counted.check_every_promise()
        await new.stop()

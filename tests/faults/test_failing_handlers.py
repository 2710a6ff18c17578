"""Handlers that fail: for a while, always, or after they published; others' events go on."""

import pytest

from faults.counted import Counted
from faults.counting.consumed import Behavior, tell
from faults.service_process import running
from shared.identifiers import new_id

PARKED = "SELECT reason FROM parked_messages WHERE state IN ('waiting', 'dead') ORDER BY sequence"


@pytest.mark.parametrize(
    ("behavior", "reason"),
    [
        pytest.param(Behavior.AWAY, "unavailable", id="fails for a while"),
        pytest.param(Behavior.FAILS_LATE, "unavailable", id="fails after it published"),
    ],
)
async def test_handler_that(counted: Counted, behavior: Behavior, reason: str) -> None:
    thing, other = new_id(), new_id()
    tell(counted.behavior, behavior, thing)
    async with running(counted.publisher(), counted.consumer()):
        await counted.announce(thing, 1)
        await counted.announce(thing, 2)
        await counted.announce(other, 1)
        await counted.until_noted(other, 1)
        await counted.until_values([reason, "behind"], PARKED, reader=True)

        counted.behavior.unlink()

        await counted.announce(thing, 3)
        await counted.until_noted(thing, 1, 2, 3)
        await counted.check_every_promise()


async def test_handler_that_always_fails(counted: Counted) -> None:
    thing, other = new_id(), new_id()
    tell(counted.behavior, Behavior.BROKEN, thing)
    async with running(counted.publisher(), counted.consumer()):
        await counted.announce(other, 1)
        await counted.announce(thing, 1)
        await counted.announce(thing, 2)
        await counted.announce(other, 2)
        await counted.until_noted(other, 1, 2)

        broken = counted.writes.committed[1:3]
        await counted.check_every_promise(poisoned=["failed", "behind"], unapplied=broken)

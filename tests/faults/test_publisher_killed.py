"""The publisher is killed between any two of its steps: the next one goes on, nothing is lost."""

import pytest

from faults.counted import Counted
from faults.service_process import running
from shared.identifiers import new_id
from shared.process.fault_points import FaultPoint


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(FaultPoint.TAKEN, id="after taking rows", marks=pytest.mark.long),
        pytest.param(FaultPoint.SEQUENCED, id="after sequencing"),
        pytest.param(FaultPoint.HANDED_OVER, id="after send before ack", marks=pytest.mark.long),
        pytest.param(FaultPoint.SENT, id="after ack before recording"),
    ],
)
async def test_publisher_killed(counted: Counted, point: FaultPoint) -> None:
    thing, other = new_id(), new_id()
    victim, heir = counted.publisher(), counted.publisher("heir")
    async with running(victim, counted.consumer()):
        await counted.announce(thing, 1, 2)
        await counted.until_published(2)
        victim.faults.arm(point)
        await counted.announce(thing, 3, 4)
        await victim.until_killed_at(point)
        await counted.announce(other, 1)

        async with running(heir):
            await counted.announce(thing, 5)
            await counted.check_every_promise()

"""The consumer is killed around its commit: the next one makes each effect once."""

import pytest

from faults.counted import Counted
from faults.service_process import running
from shared.identifiers import new_id
from shared.process.fault_points import FaultPoint


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(FaultPoint.HANDLED, id="before its commit"),
        pytest.param(
            FaultPoint.CONSUMED,
            id="after its commit before the commit to Kafka",
            marks=pytest.mark.long,
        ),
    ],
)
async def test_consumer_killed(counted: Counted, point: FaultPoint) -> None:
    thing = new_id()
    victim, heir = counted.consumer(), counted.consumer("heir")
    async with running(counted.publisher(), victim):
        await counted.announce(thing, 1)
        await counted.until_noted(thing, 1)
        victim.faults.arm(point)
        await counted.announce(thing, 2, 3)
        await victim.until_killed_at(point)

        async with running(heir):
            await counted.announce(thing, 4)
            await counted.check_every_promise()

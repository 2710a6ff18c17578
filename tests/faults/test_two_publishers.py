"""Two publishers at once: the old one, paused past its lease and awake again, can do no harm."""

import signal

import pytest

from faults.counted import Counted
from faults.service_process import running
from faults.waiting import until
from shared.identifiers import new_id
from shared.process.fault_points import FaultPoint


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(FaultPoint.TAKEN, id="with rows in its hands", marks=pytest.mark.long),
        pytest.param(FaultPoint.SEQUENCED, id="with events to send", marks=pytest.mark.long),
        pytest.param(FaultPoint.HANDED_OVER, id="with events under way"),
        pytest.param(FaultPoint.SENT, id="with progress to record", marks=pytest.mark.long),
    ],
)
async def test_two_publishers_at_once_the_old_one_awake_past_its_lease(
    counted: Counted, point: FaultPoint
) -> None:
    thing = new_id()
    old, new = counted.publisher("old"), counted.publisher("new")
    async with running(old, counted.consumer()):
        await counted.announce(thing, 1)
        await counted.until_published(1)
        old.faults.arm(point, "pause")
        await counted.announce(thing, 2)
        await old.until_paused_at(point)

        async with running(new):
            await counted.announce(thing, 3)
            await counted.until_published(3)
            old.send(signal.SIGCONT)

            async def has_noticed() -> bool:
                return old.said("lease_lost") or old.said("database_away")

            await until(has_noticed)
            await counted.announce(thing, 4)
            await counted.check_every_promise()

        (term,) = await counted.values("SELECT term FROM publication")
        assert term > 1

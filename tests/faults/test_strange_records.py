"""Strange records on the topic: what is no event, not known yet, repeated, missing or stale."""

import pytest

from faults.counted import Counted, thing_in
from faults.counting.events import ThingNumbered, ThingNumberedWider, ThingPainted
from faults.foreign_records import again, as_published, logged_after, lying_in, put, watermark
from faults.service_process import running
from shared.messaging.kafka.producer import Outgoing
from shared.process.fault_points import FaultPoint

DEAD = "SELECT reason FROM parked_messages WHERE state = 'dead'"
WAITING = "SELECT reason FROM parked_messages WHERE state = 'waiting' ORDER BY sequence"
SKIP = "UPDATE published SET published_through = 3 RETURNING 1"


async def test_malformed_bytes_on_the_topic(counted: Counted) -> None:
    thing = thing_in(0)
    async with running(counted.publisher(), counted.consumer()):
        await counted.announce(thing, 1)
        await counted.until_published(1)
        await put(counted, 0, Outgoing(b"\xff", b"\x00\xff", [("ce_id", b"\xff")]))
        await put(counted, 0, Outgoing(b"", b"", []))
        await counted.announce(thing, 2)
        await counted.until_values(["malformed", "malformed"], DEAD, reader=True)

        await counted.check_every_promise(poisoned=["malformed", "malformed"])


async def test_unknown_type_on_the_topic(counted: Counted) -> None:
    thing = thing_in(0)
    async with running(counted.publisher(), counted.consumer()):
        await counted.announce(thing, 1)
        await counted.commit(ThingPainted(thing_id=thing, number=2))
        await counted.announce(thing, 3)
        await counted.until_noted(thing, 1, 3)

        await counted.check_every_promise()


async def test_newer_schema_on_the_topic_until_the_consumer_is_upgraded(counted: Counted) -> None:
    thing, other = thing_in(0), thing_in(1)
    async with running(counted.publisher()):
        async with running(counted.consumer()):
            await counted.commit(ThingNumberedWider(thing_id=thing, number=1, digits=1))
            await counted.commit(ThingNumbered(thing_id=thing, number=2))
            await counted.commit(ThingNumbered(thing_id=other, number=1))
            await counted.until_noted(other, 1)
            await counted.until_values(["newer-schema", "behind"], WAITING, reader=True)

        async with running(counted.consumer("upgraded", version=2)):
            await counted.check_every_promise()


async def test_duplicate_and_replayed_records_on_the_topic(counted: Counted) -> None:
    thing = thing_in(0)
    async with running(counted.publisher(), counted.consumer()):
        await counted.announce(thing, 1, 2, 3)
        await counted.until_published(3)
        first, second, third = await lying_in(counted, 0)
        await put(counted, 0, again(third), again(third))
        await put(counted, 0, *map(again, (first, second, third)))
        await counted.announce(thing, 4)

        await counted.check_every_promise()


async def test_missing_record_on_the_topic_is_read_from_the_feed(counted: Counted) -> None:
    thing, other = thing_in(0), thing_in(1)
    publisher = counted.publisher()
    await counted.announce(thing, 1)
    async with running(publisher, counted.api(), counted.consumer()):
        await counted.until_noted(thing, 1)
        publisher.faults.arm(FaultPoint.SEQUENCED)
        await counted.announce(thing, 2, 3)
        await publisher.until_killed_at(FaultPoint.SEQUENCED)
        *_, third = await logged_after(counted, 1)
        await put(counted, 0, as_published(counted, third))
        await counted.until_noted(thing, 1, 2, 3)
        await counted.values(SKIP)  # the second never comes to the topic

        async with running(counted.publisher("heir")):
            await counted.announce(thing, 4)
            await counted.announce(other, 1)
            await counted.check_every_promise(never_sent={2})


@pytest.mark.long
async def test_stale_watermarks_on_the_topic(counted: Counted) -> None:
    thing = thing_in(0)
    publisher = counted.publisher()
    async with running(publisher, counted.consumer()):
        await counted.announce(thing, 1, 2, 3)
        await counted.until_published(3)
        *_, last = await lying_in(counted, 0)
        await put(counted, 0, *(watermark(counted, last, stale) for stale in (0, 1, 2, 3)))
        await counted.announce(thing, 4)
        await counted.check_every_promise()

        await publisher.kill()  # the next one finds a stale watermark at the end
        await put(counted, 0, watermark(counted, last, 2))
        async with running(counted.publisher("heir")):
            await counted.announce(thing, 5)
            await counted.check_every_promise()

"""Consuming: every event once, in order, whatever lies on the topic or dies between."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.messaging.consuming.consumer import Consumer
from shared.messaging.consuming.handlers import EventHandlers, Received
from shared.messaging.kafka.producer import Outgoing
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.wire.envelope import headers_of, source_of
from shared.messaging.wire.partitioning import partition_of, subject_key
from shared.process.fault_points import FaultPoint
from shared.testing.messaging import armed, killed, running, until
from shared.testing.two_services import PARTITIONS, ThingCounted, TwoServices, note

LAST = "SELECT last_sequence FROM consumer_progress WHERE last_sequence > 0"


def in_partition(number: int) -> UUID:
    """Return a new thing whose events go to a partition."""
    while partition_of(thing := new_id(), PARTITIONS) != number:
        pass
    return thing


class Chain:
    """Writes records by hand, as no publisher would."""

    def __init__(self, services: TwoServices, thing: UUID) -> None:
        self._services = services
        self.thing = thing

    def event(self, sequence: int, previous: int, number: int, **changed: bytes | None) -> Outgoing:
        """Make the record of one event, its headers changed or (None) left out."""
        event = LoggedEvent(
            sequence=sequence,
            event_id=new_id(),
            type=ThingCounted.type_for(self._services.service),
            schema_version=1,
            subject_kind="thing",
            subject_id=self.thing,
            occurred_at=datetime(2026, 11, 20, tzinfo=UTC),
            correlation_id=new_id(),
            causation_id=None,
            data=ThingCounted(thing_id=self.thing, number=number).model_dump_json().encode(),
            traceparent=None,
            partition=0,
            previous_sequence=previous,
        )
        headers = dict(headers_of(event, source_of(self._services.service), 1)) | changed
        kept = [(name, value) for name, value in headers.items() if value is not None]
        return Outgoing(subject_key(self.thing), event.data, kept)

    def watermark(self, previous: int) -> Outgoing:
        """Make a watermark."""
        kind = f"{self._services.service}.log.watermarked".encode()
        return self.event(
            1, previous, 0, ce_type=kind, ce_sequence=None, ce_subject=None, ce_dataschema=None
        )


@pytest.fixture
def chain(services: TwoServices) -> Chain:
    """A chain in partition 0."""
    return Chain(services, in_partition(0))


async def until_reason(consumer: Consumer, words: str) -> None:
    async def said() -> bool:
        return words in (await consumer.reason() or "")

    await until(said)


async def test_an_event_that_comes_again_has_its_effect_once(
    services: TwoServices, chain: Chain
) -> None:
    first, second = chain.event(1, 0, 1), chain.event(2, 1, 2)
    await services.send(0, first, second, first, second, second, chain.event(3, 2, 3))

    async with running(services.consumer()):
        await services.until_noted(chain.thing, 1, 2, 3)


@pytest.mark.parametrize("point", [FaultPoint.HANDLED, FaultPoint.CONSUMED])
async def test_a_consumer_killed_around_its_commit_makes_each_effect_once(
    services: TwoServices, chain: Chain, point: FaultPoint
) -> None:
    await services.send(0, *(chain.event(number, number - 1, number) for number in (1, 2, 3)))
    with armed(point):
        await killed(services.consumer())

    async with running(services.consumer()):
        await services.until_noted(chain.thing, 1, 2, 3)
        await services.until_values([3], LAST)


async def test_two_consumers_of_one_service_make_each_effect_once(services: TwoServices) -> None:
    things = [new_id() for _ in range(6)]

    async with running(services.publisher()), running(services.consumer()):
        for number in (1, 2):
            for thing in things:
                await services.announce(thing, number)
        async with running(services.consumer()):
            for number in (3, 4):
                for thing in things:
                    await services.announce(thing, number)
            for thing in things:
                await services.until_noted(thing, 1, 2, 3, 4)


async def test_a_gap_stops_its_partition_aloud_and_the_others_go_on(
    services: TwoServices, chain: Chain
) -> None:
    other = Chain(services, in_partition(1))
    await services.send(0, chain.event(1, 0, 1), chain.event(9, 5, 9))
    await services.send(1, other.event(2, 0, 2))

    consumer = services.consumer()
    async with running(consumer):
        await until_reason(consumer, "gap after 1:1: the next record follows 5")
        await services.send(1, other.event(3, 2, 3))
        await services.until_noted(other.thing, 2, 3)

    assert await services.noted(chain.thing) == [1]


async def test_an_epoch_that_nobody_announced_stops_its_partition_aloud(
    services: TwoServices, chain: Chain
) -> None:
    await services.send(0, chain.event(1, 0, 1), chain.event(2, 1, 2, ce_logepoch=b"2"))

    consumer = services.consumer()
    async with running(consumer):
        await until_reason(consumer, "epoch 2 after epoch 1")

    assert await services.noted(chain.thing) == [1]


async def test_an_unknown_type_is_skipped(services: TwoServices, chain: Chain) -> None:
    unknown = f"{services.service}.thing.painted"
    painted = chain.event(
        2,
        1,
        0,
        ce_type=unknown.encode(),
        ce_dataschema=f"urn:casomb:event:{unknown}:1".encode(),
    )
    await services.send(0, chain.event(1, 0, 1), painted, chain.event(3, 2, 3))

    async with running(services.consumer()):
        await services.until_noted(chain.thing, 1, 3)

    assert await services.values("SELECT state FROM parked_messages") == []


async def test_unknown_fields_are_ignored(services: TwoServices, chain: Chain) -> None:
    wider = f'{{"thing_id": "{chain.thing}", "number": 1, "color": "red"}}'.encode()
    await services.send(0, chain.event(1, 0, 1)._replace(value=wider))

    async with running(services.consumer()):
        await services.until_noted(chain.thing, 1)


async def test_bytes_that_are_no_event_are_dead_and_block_nobody(
    services: TwoServices, chain: Chain
) -> None:
    await services.send(
        0,
        chain.event(1, 0, 1),
        Outgoing(b"\xff", b"\x00\xff", [("ce_id", b"\xff")]),
        Outgoing(b"", b"", []),
        chain.event(2, 1, 2),
    )

    async with running(services.consumer()):
        await services.until_noted(chain.thing, 1, 2)

    parked = "SELECT state || ' ' || reason FROM parked_messages WHERE subject_id IS NULL"
    assert await services.values(parked) == ["dead malformed", "dead malformed"]


async def test_watermarks_move_nothing_and_show_a_gap(services: TwoServices, chain: Chain) -> None:
    await services.send(
        0, chain.watermark(0), chain.event(1, 0, 1), chain.watermark(1), chain.watermark(0)
    )

    consumer = services.consumer()
    async with running(consumer):
        await services.until_values(
            [4], "SELECT next_offset FROM consumer_progress WHERE partition=0"
        )
        await services.send(0, chain.watermark(7))
        await until_reason(consumer, "the next record follows 7")

    assert await services.values(LAST) == [1]


async def test_a_position_beyond_the_end_is_read_again_from_the_beginning(
    services: TwoServices, chain: Chain
) -> None:
    await services.send(0, chain.event(1, 0, 1), chain.event(2, 1, 2))
    await services.values(
        "INSERT INTO consumer_progress VALUES ($1, $2, 0, 1, 500, 1) RETURNING 1",
        f"{services.service}-reader",
        services.topic,
    )

    async with running(services.consumer()):
        await services.until_noted(chain.thing, 2)


async def test_an_error_that_passes_has_the_batch_tried_again_and_nothing_set_aside(
    services: TwoServices, chain: Chain
) -> None:
    failures = 2

    async def deadlocked_twice(tx: Transaction, event: Received[ThingCounted]) -> None:
        nonlocal failures
        await note(tx, event)
        if event.data.number == 2 and failures > 0:
            failures -= 1
            raise DBAPIError("…", None, _Deadlock())

    await services.send(0, chain.event(1, 0, 1), chain.event(2, 1, 2))

    async with running(services.consumer(services.handlers(deadlocked_twice))):
        await services.until_noted(chain.thing, 1, 2)

    assert await services.values("SELECT state FROM parked_messages") == []


async def test_what_follows_from_a_message_names_it_as_its_cause(
    services: TwoServices, chain: Chain
) -> None:
    async def answer(tx: Transaction, event: Received[ThingCounted]) -> None:
        await tx.lock_subject(event.subject_id)
        tx.publish(event.data)

    first = chain.event(1, 0, 1)
    await services.send(0, first)

    async with running(services.consumer(services.handlers(answer))):
        await services.until_values([1], "SELECT count(*) FROM outbox")

    headers = dict(first.headers)
    assert await services.values("SELECT causation_id::text FROM outbox") == [
        headers["ce_id"].decode()
    ]
    assert await services.values("SELECT correlation_id::text FROM outbox") == [
        headers["ce_correlationid"].decode()
    ]


async def test_a_topic_that_comes_later_is_waited_for(services: TwoServices) -> None:
    thing = new_id()
    consumer = services.consumer()

    async with running(consumer):
        await until_reason(consumer, f"waiting for {services.topic}")
        async with running(services.publisher()):
            await services.announce(thing, 1)
            await services.until_noted(thing, 1)


async def test_a_service_that_consumes_nothing_is_well(services: TwoServices) -> None:
    consumer = services.consumer(EventHandlers())

    async with running(consumer):
        assert await consumer.reason() is None


class _Deadlock(Exception):  # noqa: N818 - stands for what the driver raises
    sqlstate = "40P01"

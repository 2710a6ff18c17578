"""Sending: what is logged comes to Kafka in order, whatever dies between, or is refused aloud."""

from contextlib import AsyncExitStack
from uuid import uuid4

import pytest

from shared.identifiers import new_id
from shared.messaging.kafka import topics
from shared.messaging.kafka.producer import Outgoing
from shared.messaging.publishing.publisher import Publisher
from shared.messaging.wire.envelope import parse
from shared.process.fault_points import FaultPoint
from shared.process.settings import KafkaSettings
from shared.testing.messaging import armed, killed, running, until
from shared.testing.two_services import PARTITIONS, TwoServices

PUBLISHED = "SELECT published_through FROM published"


async def sequences(services: TwoServices) -> list[int]:
    """Every sequence on the topic, repeats included."""
    found = [parse(record).sequence or 0 for part in await services.records() for record in part]
    return sorted(found)


async def until_reason(publisher: Publisher, words: str) -> None:
    async def said() -> bool:
        return words in (await publisher.reason() or "")

    await until(said)


async def until_well(publisher: Publisher) -> None:
    async def well() -> bool:
        return await publisher.reason() is None

    await until(well)


async def test_a_backlog_goes_out_whole_and_each_partition_names_what_came_before(
    services: TwoServices,
) -> None:
    for _ in range(10):
        await services.announce(new_id(), *range(1, 31))

    async with running(services.publisher()):
        await services.until_values([300], PUBLISHED)

    assert await sequences(services) == list(range(1, 301))
    for records in await services.records():
        before = 0
        for record in records:
            envelope = parse(record)
            assert envelope.previous_sequence == before
            before = envelope.sequence or 0


@pytest.mark.parametrize("point", [FaultPoint.TAKEN, FaultPoint.SEQUENCED, FaultPoint.SENT])
async def test_a_publisher_killed_anywhere_loses_nothing_and_numbers_nothing_twice(
    services: TwoServices, point: FaultPoint
) -> None:
    thing = new_id()
    await services.announce(thing, 1, 2, 3)
    with armed(point):
        await killed(services.publisher())

    async with running(services.publisher()), running(services.consumer()):
        await services.announce(thing, 4)
        await services.until_noted(thing, 1, 2, 3, 4)
        await services.until_values([4], PUBLISHED)

    assert set(await sequences(services)) == {1, 2, 3, 4}
    assert await services.values("SELECT sequence FROM event_log ORDER BY 1") == [1, 2, 3, 4]


async def test_what_was_sent_and_not_recorded_comes_again_the_same(services: TwoServices) -> None:
    thing = new_id()
    await services.announce(thing, 1)
    with armed(FaultPoint.SENT):
        await killed(services.publisher())

    async with running(services.publisher()):
        await services.until_values([1], PUBLISHED)

    (records,) = [part for part in await services.records() if part]
    assert len(records) == 2
    assert records[0].headers == records[1].headers
    assert records[0].value == records[1].value


async def test_without_kafka_sequencing_goes_on_and_sending_follows(
    services: TwoServices,
) -> None:
    nowhere = KafkaSettings(kafka_bootstrap_servers="127.0.0.1:9", kafka_partitions=PARTITIONS)
    alone = Publisher(services.database_settings, nowhere, service=services.service)
    await services.announce(new_id(), 1, 2)

    async with running(alone):
        await services.until_values([2], "SELECT sequenced_through FROM publication")
        await until_reason(alone, "Kafka is unavailable")
    async with running(services.publisher()):
        await services.until_values([2], PUBLISHED)

    assert await sequences(services) == [1, 2]


async def test_a_second_publisher_stands_by_and_takes_over(services: TwoServices) -> None:
    thing = new_id()
    first, second = services.publisher(), services.publisher()

    async with AsyncExitStack() as leading:
        await leading.enter_async_context(running(first))
        await until_well(first)
        async with running(second):
            await until_well(second)
            await services.announce(thing, 1)
            await services.until_values([1], PUBLISHED)
            await leading.aclose()
            await services.announce(thing, 2)
            await services.until_values([2], PUBLISHED)

    assert sorted(set(await sequences(services))) == [1, 2]
    assert await services.values("SELECT term FROM publication") == [2]


async def test_a_log_that_went_back_behind_kafka_is_refused_and_numbers_nothing(
    services: TwoServices,
) -> None:
    await services.announce(new_id(), 1, 2, 3)
    async with running(services.publisher()):
        await services.until_values([3], PUBLISHED)
    await restore_to_the_beginning(services)
    await services.announce(new_id(), 9)

    publisher = services.publisher()
    async with running(publisher):
        await until_reason(publisher, "Kafka is ahead of the log")

    assert await services.values("SELECT sequence FROM event_log") == []
    assert len(await services.values("SELECT id FROM outbox")) == 1


async def test_a_log_with_other_events_than_kafka_is_refused(services: TwoServices) -> None:
    await services.announce(new_id(), 1)
    async with running(services.publisher()):
        await services.until_values([1], PUBLISHED)
    await services.values("UPDATE event_log SET event_id = $1 RETURNING 1", uuid4())

    publisher = services.publisher()
    async with running(publisher):
        await until_reason(publisher, "Kafka differs from the log")


async def test_a_topic_with_another_number_of_partitions_gets_nothing_and_the_feed_goes_on(
    services: TwoServices,
) -> None:
    await topics.prepare_topic(services.kafka_settings, services.topic, PARTITIONS + 1)

    publisher = services.publisher()
    async with running(publisher):
        await services.announce(new_id(), 1)
        await until_reason(publisher, "4 partitions, but the log was made for 3")
        await services.until_values([1], "SELECT sequenced_through FROM publication")


async def test_what_kafka_lost_is_sent_again(services: TwoServices) -> None:
    await services.announce(new_id(), 1, 2)
    async with running(services.publisher()):
        await services.until_values([2], PUBLISHED)
    lost = TwoServices(
        services.database_settings,
        services.kafka_settings,
        services.database,
        services.connection,
        f"{services.service}-again",  # a topic that is empty, under the same log
    )

    async with running(lost.publisher()):

        async def came_again() -> bool:
            return await sequences(lost) == [1, 2]

        await topics.prepare_topic(lost.kafka_settings, lost.topic, PARTITIONS)
        await until(came_again)


async def test_foreign_bytes_at_the_end_of_a_partition_hold_nobody_up(
    services: TwoServices,
) -> None:
    await services.announce(new_id(), 1)
    async with running(services.publisher()):
        await services.until_values([1], PUBLISHED)
    for partition in range(PARTITIONS):
        await services.send(partition, Outgoing(b"?", b"\xff", []))
    await services.announce(new_id(), 2)

    async with running(services.publisher()):
        await services.until_values([2], PUBLISHED)


async def restore_to_the_beginning(services: TwoServices) -> None:
    await services.values("DELETE FROM event_log RETURNING 1")
    await services.values("UPDATE published SET published_through = 0 RETURNING 1")
    await services.values(
        "UPDATE publication SET sequenced_through = 0, tails = $1 RETURNING 1", [0] * PARTITIONS
    )

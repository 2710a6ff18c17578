"""A quiet partition says so for ever, so that quiet and dead can be told apart."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from shared.identifiers import new_id
from shared.messaging.wire.envelope import Envelope, parse
from shared.testing.messaging import running, until
from shared.testing.two_services import PARTITIONS, TwoServices

PUBLISHED = "SELECT published_through FROM published"
OFTEN_SECONDS = 0.2


@pytest.fixture
def often(services: TwoServices) -> TwoServices:
    """Services whose quiet partitions need not wait long."""
    settings = services.kafka_settings.model_copy(update={"kafka_watermark_seconds": OFTEN_SECONDS})
    return replace(services, kafka_settings=settings)


async def envelopes(services: TwoServices) -> list[list[Envelope]]:
    return [[parse(record) for record in part] for part in await services.records()]


def that_many_watermarks(services: TwoServices, count: int) -> Callable[[], Awaitable[bool]]:
    async def are_there() -> bool:
        parts = await envelopes(services)
        return all(sum(each.sequence is None for each in part) >= count for part in parts)

    return are_there


async def test_every_quiet_partition_gets_one_again_and_again(often: TwoServices) -> None:
    async with running(often.publisher()):
        await often.until_values([0], PUBLISHED)
        await until(that_many_watermarks(often, 2))

    parts = await envelopes(often)
    assert len(parts) == PARTITIONS
    for watermark in (each for part in parts for each in part):
        assert watermark.type == f"{often.service}.log.watermarked"
        assert watermark.subject_id is None
        assert (watermark.epoch, watermark.previous_sequence) == (1, 0)


async def test_it_names_the_last_sequence_that_kafka_acknowledged_there(
    often: TwoServices,
) -> None:
    async with running(often.publisher()):
        for number in range(1, 6):
            await often.announce(new_id(), number)
        await often.until_values([5], PUBLISHED)
        await until(that_many_watermarks(often, 1))

    tails = await often.values("SELECT unnest(tails) FROM publication")
    assert [part[-1].previous_sequence for part in await envelopes(often)] == tails
    assert [part[-1].sequence for part in await envelopes(often)] == [None] * PARTITIONS


async def test_a_successor_knows_what_its_predecessor_had_acknowledged(often: TwoServices) -> None:
    for number in range(1, 6):
        await often.announce(new_id(), number)
    async with running(often.publisher()):
        await often.until_values([5], PUBLISHED)

    async with running(often.publisher()):
        await until(that_many_watermarks(often, 2))

    tails = await often.values("SELECT unnest(tails) FROM publication")
    assert [part[-1].previous_sequence for part in await envelopes(often)] == tails


async def test_a_publisher_takes_over_behind_watermarks_and_readers_go_on(
    often: TwoServices,
) -> None:
    thing = new_id()
    async with running(often.consumer()):
        async with running(often.publisher()):
            await often.announce(thing, 1)
            await often.until_noted(thing, 1)
            await until(that_many_watermarks(often, 2))
        async with running(often.publisher()):
            await often.announce(thing, 2)
            await often.until_noted(thing, 1, 2)


async def test_while_there_are_events_enough_there_are_no_watermarks(
    services: TwoServices,
) -> None:
    async with running(services.publisher()):
        await services.announce(new_id(), *range(1, 31))
        await services.until_values([30], PUBLISHED)

    assert all(each.sequence for part in await envelopes(services) for each in part)

"""A publisher that finds records at the end of its topic that its log never wrote."""

from collections.abc import Callable

import pytest

from integration.messaging.damage import restore_log_through
from integration.messaging.test_consuming import Chain, in_partition
from integration.messaging.test_publishing import sequences, until_reason
from integration.messaging.test_repair import logged, outgoing
from integration.messaging.unreadable_batches import send_unreadable
from shared.messaging.kafka.producer import Outgoing
from shared.testing.messaging import running
from shared.testing.two_services import TwoServices

PUBLISHED = "SELECT published_through FROM published"
FOREIGN_SEEN = "SELECT unnest(foreign_records) FROM publication"

FOREIGN: dict[str, Callable[[Chain], Outgoing]] = {
    "far beyond the log": lambda chain: chain.event(5_000_000, 0, 99),
    "far beyond the log, after its last event": lambda chain: chain.event(5_000_000, 3, 99),
    "numbered backwards": lambda chain: chain.event(2, 3, 99),
    "beyond the log, after nothing it has": lambda chain: chain.event(9, 7, 99),
    "of an unknown epoch": lambda chain: chain.event(4, 3, 99, ce_logepoch=b"99"),
    "in the place of a published event": lambda chain: chain.event(2, 1, 99),
    "after a published event, beside the next": lambda chain: chain.event(4, 2, 99),
    "a watermark beyond the log": lambda chain: chain.watermark(5_000_000),
    "no event": lambda chain: chain.event(4, 3, 99, ce_specversion=None),
}


async def published(services: TwoServices, chain: Chain) -> None:
    """Have a publisher publish three events of the first partition, and end."""
    await services.announce(chain.thing, 1, 2, 3)
    async with running(services.publisher()):
        await services.until_values([3], PUBLISHED)


@pytest.fixture
def chain(services: TwoServices) -> Chain:
    """What is written by hand in the first partition."""
    return Chain(services, in_partition(0))


@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
async def test_a_foreign_record_at_the_end_of_a_partition_does_not_hold_the_publisher(
    services: TwoServices, chain: Chain, foreign: Callable[[Chain], Outgoing]
) -> None:
    await published(services, chain)
    await services.send(0, foreign(chain))
    await services.announce(chain.thing, 4)

    async with running(services.publisher()):
        await services.until_values([4], PUBLISHED)

    (said,) = await services.values(FOREIGN_SEEN)
    assert said.startswith("partition 0, offset 3: ")


async def test_foreign_records_in_two_partitions_do_not_hold_the_publisher(
    services: TwoServices, chain: Chain
) -> None:
    await published(services, chain)
    await services.send(0, chain.event(5_000_000, 0, 99))
    await services.send(1, chain.event(5_000_000, 0, 99, ce_logepoch=b"99"))
    await services.send(2, chain.event(5_000_001, 5_000_000, 99))
    await services.announce(chain.thing, 4)

    async with running(services.publisher()):
        await services.until_values([4], PUBLISHED)

    assert len(await services.values(FOREIGN_SEEN)) == 3


async def test_what_the_library_cannot_decode_does_not_hold_the_publisher(
    services: TwoServices, chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    await published(services, chain)
    foreign = chain.event(4, 3, 99)
    await send_unreadable(services, monkeypatch, 0, foreign)
    await services.send(0, chain.watermark(3))
    await send_unreadable(services, monkeypatch, 0, foreign, foreign)
    await services.announce(chain.thing, 4)

    async with running(services.publisher()):
        await services.until_values([4], PUBLISHED)

    (said,) = await services.values(FOREIGN_SEEN)
    assert said.startswith("partition 0, offsets 5 to 6 cannot be decoded: UnicodeDecodeError")


async def test_behind_many_foreign_records_the_log_finds_its_own_and_sends_nothing_twice(
    services: TwoServices, chain: Chain
) -> None:
    await published(services, chain)
    foreign = chain.event(4, 3, 99, ce_specversion=None)
    await services.send(0, *[foreign] * 60)

    async with running(services.publisher()):
        await services.announce(in_partition(1), 4)
        await services.until_values([4], PUBLISHED)

    readable = [part[:3] for part in await services.records()]
    assert sum(map(len, readable)) == 4


@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
async def test_a_foreign_record_does_not_hide_that_the_log_went_back(
    services: TwoServices, chain: Chain, foreign: Callable[[Chain], Outgoing]
) -> None:
    await published(services, chain)
    await services.send(0, foreign(chain))
    await restore_log_through(services, 1)

    publisher = services.publisher()
    async with running(publisher):
        await until_reason(publisher, "Kafka is ahead of the log: partition 0 holds 1:")


async def test_a_log_that_went_back_is_found_behind_an_hour_of_watermarks(
    services: TwoServices, chain: Chain
) -> None:
    await published(services, chain)
    await services.send(0, *[chain.watermark(3)] * 360)
    await restore_log_through(services, 1)

    publisher = services.publisher()
    async with running(publisher):
        await until_reason(publisher, "Kafka is ahead of the log: partition 0 holds 1:2")


async def test_an_old_event_that_came_again_does_not_hide_that_the_log_went_back(
    services: TwoServices, chain: Chain
) -> None:
    await published(services, chain)
    first, _, _ = await logged(services)
    await services.send(0, outgoing(services, first))
    await restore_log_through(services, 2)

    publisher = services.publisher()
    async with running(publisher):
        await until_reason(publisher, "Kafka is ahead of the log: partition 0 holds 1:3")


async def test_a_log_that_went_back_is_refused_where_kafka_never_got_the_first_lost_event(
    services: TwoServices, chain: Chain
) -> None:
    await published(services, chain)
    await services.send(0, chain.event(7, 3, 99))

    publisher = services.publisher()
    async with running(publisher):
        await until_reason(publisher, "Kafka is ahead of the log: partition 0 holds 1:7")


async def test_a_refusal_because_of_a_foreign_record_ends_by_itself(
    services: TwoServices, chain: Chain
) -> None:
    await published(services, chain)
    await services.send(0, chain.event(5_000_000, 0, 99))
    await services.values(
        "UPDATE publication SET refused_because = 'ahead', refused_at = now() RETURNING 1"
    )
    await services.announce(chain.thing, 4)

    async with running(services.publisher()):
        await services.until_values([4], PUBLISHED)

    assert await services.values("SELECT refused_because FROM publication") == [None]
    assert await sequences(services) == [1, 2, 3, 4, 5_000_000]

"""What Kafka keeps and the client library cannot decode: passed over, said, read from the feed."""

from typing import Any

import pytest
from aiokafka import AIOKafkaProducer

from integration.messaging.test_consuming import Chain, in_partition
from integration.messaging.test_repair import only_in_the_log, outgoing, until_well
from integration.messaging.unreadable_batches import send_unreadable
from shared.messaging.kafka import producer as sending_side
from shared.testing.messaging import running
from shared.testing.two_services import TwoServices

SET_ASIDE = "SELECT reason || ' ' || state FROM parked_messages"
SAID = "SELECT error FROM parked_messages"


async def test_what_cannot_be_decoded_is_set_aside_and_the_events_around_it_are_applied(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing, other = in_partition(0), in_partition(1)
    consumer = services.consumer()
    async with running(services.publisher()):
        await services.announce(thing, 1, 2)
        await services.announce(other, 1, 2)
        await services.until_values([4], "SELECT published_through FROM published")
        foreign = Chain(services, thing).event(5_000_000, 0, 99)
        await send_unreadable(services, monkeypatch, 0, foreign, foreign, foreign)
        await send_unreadable(services, monkeypatch, 0, foreign)
        async with running(consumer):
            await services.announce(thing, 3)
            await services.announce(other, 3)
            await services.until_noted(thing, 1, 2, 3)
            await services.until_noted(other, 1, 2, 3)
            await until_well(consumer)

    assert await services.values(SET_ASIDE) == ["undecodable dead"]
    assert await services.values(SAID) == ["offsets 2 to 5 cannot be decoded: UnicodeDecodeError"]


async def test_a_true_event_that_cannot_be_decoded_is_read_from_the_feed(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = await only_in_the_log(services, [1, 2, 3, 4])
    first, second, third, fourth = (outgoing(services, event) for event in events)
    await services.send(0, first)
    await send_unreadable(services, monkeypatch, 0, second, third)
    await services.send(0, fourth)

    async with running(services.consumer()):
        await services.until_noted(events[0].subject_id, 1, 2, 3, 4)


@pytest.mark.parametrize("codec", ["gzip", "snappy", "lz4", "zstd"])
async def test_a_compressed_record_is_read_as_any_other(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch, codec: str
) -> None:
    class Compressing(AIOKafkaProducer):  # type: ignore[misc] # the library has no types
        def __init__(self, **options: Any) -> None:  # noqa: ANN401 - passed on to the library
            super().__init__(**options, compression_type=codec)

    chain = Chain(services, in_partition(0))
    with monkeypatch.context() as patched:
        patched.setattr(sending_side, "AIOKafkaProducer", Compressing)
        await services.send(0, *(chain.event(each, each - 1, each) for each in (1, 2, 3)))

    async with running(services.consumer()):
        await services.until_noted(chain.thing, 1, 2, 3)

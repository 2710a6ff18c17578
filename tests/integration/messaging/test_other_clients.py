"""Partners bring clients of their own: librdkafka and the CloudEvents SDK read what we publish."""

import asyncio
import json
from typing import NamedTuple

from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka
from cloudevents.core.formats.json import JSONFormat
from confluent_kafka import Consumer, Message, Producer, TopicPartition

from integration.messaging.feed_reader import FeedReader
from shared.identifiers import new_id
from shared.messaging.kafka import topics
from shared.messaging.wire.cloud_events import BATCH_MEDIA
from shared.testing.messaging import running
from shared.testing.two_services import PARTITIONS, TwoServices

READ_SECONDS = 120
THINGS = 12


async def published(services: TwoServices) -> None:
    """Have the real publisher bring facts about several things onto the real broker."""
    async with running(services.publisher()):
        for _ in range(THINGS):
            await services.announce(new_id(), 1, 2)
        await services.until_values([THINGS * 2], "SELECT published_through FROM published")


class Fetched(NamedTuple):
    """A message as librdkafka gave it."""

    partition: int | None
    offset: int | None
    key: bytes
    headers: list[tuple[str, bytes]]
    value: bytes | None


def fetched(message: Message) -> Fetched:
    """Take a message apart; fails where it has no key or no headers."""
    key, headers = message.key(), message.headers()
    assert isinstance(key, bytes)
    assert isinstance(headers, list)
    kept = [(name, value) for name, value in headers if isinstance(value, bytes)]
    return Fetched(message.partition(), message.offset(), key, kept, message.value())


def consumed(servers: str, topic: str, count: int) -> list[Fetched]:
    """Read so many messages from the beginning of a topic with librdkafka."""
    settings = {"bootstrap.servers": servers, "group.id": "partner", "enable.auto.commit": False}
    consumer = Consumer(settings)
    try:
        consumer.assign([TopicPartition(topic, number, 0) for number in range(PARTITIONS)])
        return [fetched(message) for message in consumer.consume(count, READ_SECONDS)]
    finally:
        consumer.close()


def where_it_goes(servers: str, topic: str, keys: list[bytes]) -> dict[bytes, int | None]:
    """Send a message under each key and say to which partition librdkafka's partitioner took it."""
    producer = Producer({"bootstrap.servers": servers, "partitioner": "murmur2_random"})
    delivered: dict[bytes, int | None] = {}

    def note(error: object, message: Message) -> None:
        key = message.key()
        assert error is None
        assert key is not None
        delivered[key] = message.partition()

    for key in keys:
        producer.produce(topic, b"{}", key, on_delivery=note)
    assert producer.flush(READ_SECONDS) == 0
    return delivered


async def read_all(services: TwoServices) -> list[Fetched]:
    """Read what was published."""
    servers = services.kafka_settings.kafka_bootstrap_servers
    return await asyncio.to_thread(consumed, servers, services.topic, THINGS * 2)


async def test_another_kafka_client_sees_the_same_keys_headers_and_values(
    services: TwoServices,
) -> None:
    await published(services)

    theirs = await read_all(services)
    ours = [record for partition in await services.records() for record in partition]
    found = {(each.partition, each.offset): each for each in theirs}

    assert len(found) == len(ours) == THINGS * 2
    for record in ours:
        message = found[record.partition, record.offset]
        assert message.headers == list(record.headers)
        assert message.value == record.value
        assert message.key == dict(record.headers)["ce_subject"]


async def test_another_kafka_client_finds_a_subject_in_the_partition_it_computes(
    services: TwoServices,
) -> None:
    await published(services)
    theirs = {message.key: message.partition for message in await read_all(services)}
    servers, elsewhere = services.kafka_settings.kafka_bootstrap_servers, f"{services.topic}.keys"
    await topics.prepare_topic(services.kafka_settings, elsewhere, PARTITIONS)

    computed = await asyncio.to_thread(where_it_goes, servers, elsewhere, list(theirs))

    assert len(set(theirs.values())) > 1
    assert computed == theirs


async def test_the_sdk_reads_what_another_client_fetched(services: TwoServices) -> None:
    await published(services)

    messages = [
        KafkaMessage(dict(each.headers), each.key, each.value or b"")
        for each in await read_all(services)
    ]
    events = [from_kafka(message, JSONFormat()) for message in messages]

    assert {event.get_source() for event in events} == {f"urn:casomb:{services.service}"}
    logged = await services.values("SELECT event_id::text FROM event_log ORDER BY 1")
    assert sorted(event.get_id() for event in events) == logged


async def test_the_sdk_reads_each_element_of_the_batch_that_the_feed_gives(
    services: TwoServices,
) -> None:
    await published(services)

    answer = await FeedReader(services).batch()
    events = [JSONFormat().read(None, json.dumps(element)) for element in answer.json()]

    assert answer.headers["content-type"] == BATCH_MEDIA
    assert [event.get_extension("sequence") for event in events] == list(range(1, THINGS * 2 + 1))

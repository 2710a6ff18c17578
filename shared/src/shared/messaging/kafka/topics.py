"""A service's own topic: creates it, counts its partitions, reads its ends."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

from shared.messaging.kafka.undecodable import Undecodable, is_undecodable, read_one_by_one
from shared.messaging.kafka.waiting import bounded, closing
from shared.messaging.wire.envelope import KafkaRecord
from shared.process.settings import KafkaSettings

_TOPIC_SECONDS = 15.0
_LOOK_SECONDS = 0.05
_READ_MS = 200
_REPLICAS_FOR_TWO_IN_SYNC = 3


class TopicRefusedError(Exception):
    """The topic does not match the log."""


async def prepare_topic(settings: KafkaSettings, topic: str, partitions: int) -> int:
    """Create the topic if it does not exist; return its number of partitions.

    Raises KafkaUnavailableError if no broker answers.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap_servers)
    async with closing(admin.close(), "admin client"):
        await bounded(admin.start())
        if topic not in await bounded(admin.list_topics()):
            await bounded(_create(admin, settings, topic, partitions))
        return await bounded(_partition_count(admin, topic), _TOPIC_SECONDS)


async def delete_topic(settings: KafkaSettings, topic: str) -> None:
    """Delete a topic with its records; raises KafkaUnavailableError if that fails."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap_servers)
    async with closing(admin.close(), "admin client"):
        await bounded(admin.start())
        await bounded(_delete(admin, topic))


async def _delete(admin: AIOKafkaAdminClient, topic: str) -> None:
    answer = await admin.delete_topics([topic])
    for _, code in answer.topic_error_codes:
        if code:
            raise for_code(code)(topic)


async def partition_count(settings: KafkaSettings, topic: str) -> int | None:
    """Return the number of partitions of a topic; None if it does not exist."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap_servers)
    async with closing(admin.close(), "admin client"):
        await bounded(admin.start())
        if topic not in await bounded(admin.list_topics()):
            return None
        return await bounded(_partition_count(admin, topic), _TOPIC_SECONDS)


async def _create(
    admin: AIOKafkaAdminClient, settings: KafkaSettings, topic: str, partitions: int
) -> None:
    replicas = settings.kafka_replication_factor
    options = {"min.insync.replicas": "2"} if replicas >= _REPLICAS_FOR_TWO_IN_SYNC else {}
    new = NewTopic(topic, partitions, replicas, topic_configs=options)
    answer = await admin.create_topics([new])
    for _, code, *message in answer.topic_errors:
        error = for_code(code)
        if code and error is not TopicAlreadyExistsError:
            raise error(*message)


async def _partition_count(admin: AIOKafkaAdminClient, topic: str) -> int:
    """Wait until the brokers agree that the topic is there."""
    while True:
        (described,) = await admin.describe_topics([topic])
        partitions = described["partitions"]
        if described["error_code"] == 0 and all(p["leader"] >= 0 for p in partitions):
            return len(partitions)
        await asyncio.sleep(_LOOK_SECONDS)


class Tail(NamedTuple):
    """The end of one partition: where the next record goes, and the last ones before it.

    `first` is the first offset that the partition still has, `start` the one from which it was
    read; `undecodable` are the offsets that the library could not decode.
    """

    end: int
    first: int
    start: int
    records: list[KafkaRecord]
    undecodable: list[Undecodable]


async def tails(
    settings: KafkaSettings, topic: str, partitions: Iterable[int], depth: int
) -> dict[int, Tail]:
    """Read the last records, at most `depth`, of some partitions."""
    client = AIOKafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        enable_auto_commit=False,
        auto_offset_reset="none",
    )
    async with closing(client.stop(), "reader"):
        await bounded(client.start())
        places = [TopicPartition(topic, number) for number in partitions]
        client.assign(places)
        ends = await bounded(client.end_offsets(places))
        firsts = await bounded(client.beginning_offsets(places))
        unread = {
            place: Tail(
                *(ends[place], firsts[place], max(firsts[place], ends[place] - depth)), [], []
            )
            for place in places
        }
        await bounded(_read_to_ends(client, unread))
    return {place.partition: tail for place, tail in unread.items()}


async def _read_to_ends(client: AIOKafkaConsumer, tails: Mapping[TopicPartition, Tail]) -> None:
    for place, tail in tails.items():
        client.seek(place, tail.start)
    try:
        await _read_together(client, tails)
    except Exception as error:
        if not is_undecodable(error):
            raise
        for place, tail in tails.items():
            await _read_around(client, place, tail)


async def _read_together(client: AIOKafkaConsumer, tails: Mapping[TopicPartition, Tail]) -> None:
    unread = {place for place, tail in tails.items() if tail.end > tail.start}
    while unread:
        for place, records in (await client.getmany(*unread, timeout_ms=_READ_MS)).items():
            tails[place].records.extend(as_record(record) for record in records)
        for place in list(unread):
            if await client.position(place) >= tails[place].end:
                unread.discard(place)


async def _read_around(client: AIOKafkaConsumer, place: TopicPartition, tail: Tail) -> None:
    """Read one partition again, passing over what cannot be decoded."""
    tail.records.clear()
    at = tail.start
    while at < tail.end:
        records, undecodable = await read_one_by_one(client, place, at, tail.end, tail.end - at)
        tail.records.extend(as_record(record) for record in records)
        if undecodable is not None:
            tail.undecodable.append(undecodable)
        at = await client.position(place)


def as_record(record: Any) -> KafkaRecord:  # noqa: ANN401 - the library has no types
    """Return a record of the library in our own form."""
    return KafkaRecord(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        headers=tuple((name, value or b"") for name, value in record.headers),
        value=record.value or b"",
    )

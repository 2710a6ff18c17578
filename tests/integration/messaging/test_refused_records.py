"""What the broker refuses for its own sake is withheld; whatever else it refuses holds all back."""

from collections.abc import Sequence

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    CorruptRecordException,
    InvalidRequestError,
    InvalidTimestampError,
    KafkaError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
    RecordTooLargeError,
    TopicAuthorizationFailedError,
    UnknownError,
    UnsupportedForMessageFormatError,
)

from integration.messaging.broker_answers import answering
from integration.messaging.test_consuming import in_partition
from integration.messaging.test_publishing import sequences, until_reason
from shared.messaging import metrics
from shared.messaging.publishing import leadership
from shared.messaging.wire.envelope import parse
from shared.testing.messaging import running, until
from shared.testing.two_services import PARTITIONS, TwoServices

PUBLISHED = "SELECT published_through FROM published"
WITHHELD = "SELECT sequence FROM withheld_records ORDER BY sequence"
REASONS = "SELECT reason FROM withheld_records ORDER BY sequence"
TRACED = "UPDATE outbox SET traceparent = repeat('f', 9000) WHERE id = (SELECT {} FROM outbox)"
ABOUT_A_RECORD: Sequence[type[KafkaError]] = (
    CorruptRecordException,
    InvalidRequestError,
    InvalidTimestampError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
    RecordTooLargeError,
    UnknownError,
    UnsupportedForMessageFormatError,
)


async def make_topic_of_small_records(services: TwoServices) -> None:
    """Make the topic so that it takes one of our records at a time, and none of 9,000 bytes."""
    admin = AIOKafkaAdminClient(bootstrap_servers=services.kafka_settings.kafka_bootstrap_servers)
    await admin.start()
    try:
        limits = {"max.message.bytes": "2000"}
        await admin.create_topics([NewTopic(services.topic, PARTITIONS, 1, topic_configs=limits)])
    finally:
        await admin.close()


async def test_of_a_refused_batch_only_the_record_at_fault_is_withheld_and_readers_have_it_too(
    services: TwoServices,
) -> None:
    await make_topic_of_small_records(services)
    thing = in_partition(0)
    await services.announce(thing, *range(1, 21))
    await services.values(TRACED.format("min(id) + 6") + " RETURNING 1")

    async with running(services.publisher()), running(services.consumer()):
        await services.until_values([20], PUBLISHED)
        await services.until_noted(thing, *range(1, 21))

    assert await services.values(WITHHELD) == [7]
    assert set(await sequences(services)) - {0} == set(range(1, 21)) - {7}


async def test_a_withheld_last_record_is_found_missing_by_the_watermark_after_it(
    services: TwoServices,
) -> None:
    services.kafka_settings = services.kafka_settings.model_copy(
        update={"kafka_watermark_seconds": 0.3}
    )
    await make_topic_of_small_records(services)
    thing = in_partition(0)
    await services.announce(thing, 1, 2)
    await services.values(TRACED.format("max(id)") + " RETURNING 1")

    async with running(services.publisher()), running(services.consumer()):
        await services.until_noted(thing, 1, 2)

    assert await services.values(WITHHELD) == [2]


async def test_whatever_the_broker_answers_about_a_record_its_neighbors_go_out(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, dict(zip(range(2, 20, 2), ABOUT_A_RECORD, strict=True)))
    await services.announce(in_partition(0), *range(1, 20))

    async with running(services.publisher()):
        await services.until_values([19], PUBLISHED)

    assert await services.values(WITHHELD) == [2, 4, 6, 8, 10, 12, 14, 16, 18]
    assert await services.values(REASONS) == [error.__name__ for error in ABOUT_A_RECORD]
    assert set(await sequences(services)) - {0} == {1, 3, 5, 7, 9, 11, 13, 15, 17, 19}


async def test_a_missing_right_is_no_fault_of_a_record(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, {2: TopicAuthorizationFailedError})
    await services.announce(in_partition(0), 1, 2, 3)

    publisher = services.publisher()
    async with running(publisher):
        await until_reason(publisher, "TopicAuthorizationFailedError")

    assert await services.values(WITHHELD) == []
    assert await services.values(PUBLISHED) == [0]


async def test_a_partition_that_refuses_everything_is_no_fault_of_a_record(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, {1: UnknownError, None: UnknownError})
    await services.announce(in_partition(0), 1)

    publisher = services.publisher()
    async with running(publisher):
        await until_reason(publisher, "Kafka refuses whatever is sent to partition 0")

    assert await services.values(WITHHELD) == []


async def test_a_refused_watermark_holds_nobody_up(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.kafka_settings = services.kafka_settings.model_copy(
        update={"kafka_watermark_seconds": 0.1}
    )
    answering(monkeypatch, {None: PolicyViolationError})

    publisher = services.publisher()
    async with running(publisher):
        await services.announce(in_partition(0), 1)
        await services.until_values([1], PUBLISHED)
        await services.announce(in_partition(0), 2)
        await services.until_values([2], PUBLISHED)


async def test_a_successor_sends_nothing_again_because_something_is_withheld(
    services: TwoServices,
) -> None:
    await make_topic_of_small_records(services)
    await services.announce(in_partition(0), 1, 2)
    await services.values(TRACED.format("max(id)") + " RETURNING 1")
    async with running(services.publisher()):
        await services.until_values([2], PUBLISHED)
    before = await sequences(services)

    async with running(services.publisher()):
        await services.announce(in_partition(1), 3)
        await services.until_values([3], PUBLISHED)

    assert await sequences(services) == sorted([*before, 3])


async def test_withheld_records_are_counted(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "_GAUGE_SECONDS", 0.05)
    answering(monkeypatch, {1: InvalidTimestampError})
    await services.announce(in_partition(0), 1, 2)

    async with running(services.publisher()):
        await services.until_values([2], PUBLISHED)

        async def is_counted() -> bool:
            figure = metrics.WITHHELD.labels(services.service)
            return bool(figure._value.get() == 1.0)  # noqa: SLF001 - no other way to read it

        await until(is_counted)


async def test_what_an_operator_has_sent_again_comes_once_the_broker_takes_it(
    services: TwoServices,
) -> None:
    with pytest.MonkeyPatch.context() as refusing:
        answering(refusing, {2: PolicyViolationError})
        await services.announce(in_partition(0), 1, 2, 3)
        async with running(services.publisher()):
            await services.until_values([3], PUBLISHED)
    await services.values("UPDATE withheld_records SET is_to_be_resent = true RETURNING 1")

    async with running(services.publisher()):
        await services.until_values([], WITHHELD)

    last = parse((await services.records())[0][-1])
    assert last.sequence == 2

"""A topic that was altered to other partitions is made anew from the log; its readers go on."""

import pytest

from integration.messaging.test_consuming import in_partition
from integration.messaging.test_publishing import sequences, until_reason
from shared.errors import ConflictError
from shared.identifiers import new_id
from shared.messaging.consuming import reader_reports
from shared.messaging.kafka import topics
from shared.messaging.log.interventions import remake_topic
from shared.testing.messaging import running
from shared.testing.two_services import PARTITIONS, TwoServices

PUBLISHED = "SELECT published_through FROM published"
READER = "SELECT last_sequences FROM event_readers"
ACTS = "SELECT (action, subject_kind) FROM audit_entries"
GONE = "INSERT INTO consumer_progress VALUES ($1, $2, 3, 1, 0, 0), ($1, $2, 4, 1, 0, 0) RETURNING 1"


async def remade(services: TwoServices) -> None:
    """Have the topic made anew, as the command does."""
    count = await topics.partition_count(services.kafka_settings, services.topic)
    async with services.database.transaction(services.cause()) as tx:
        await remake_topic(tx, count)
        await topics.delete_topic(services.kafka_settings, services.topic)


async def test_an_altered_topic_is_made_anew_and_has_everything_again(
    services: TwoServices,
) -> None:
    await topics.prepare_topic(services.kafka_settings, services.topic, PARTITIONS + 2)
    await services.announce(new_id(), 1, 2, 3)
    publisher = services.publisher()
    async with running(publisher):
        await until_reason(publisher, "an operator must recreate the topic")
        await remade(services)
        await services.until_values([3], PUBLISHED)

    assert await sequences(services) == [1, 2, 3]
    assert await topics.partition_count(services.kafka_settings, services.topic) == PARTITIONS
    assert await services.values(ACTS) == [("log.remake-topic", "log")]


async def test_a_topic_as_the_log_was_made_for_is_not_deleted(services: TwoServices) -> None:
    await services.announce(new_id(), 1)
    async with running(services.publisher()):
        await services.until_values([1], PUBLISHED)

    with pytest.raises(ConflictError, match="3 partitions, which is right for the log"):
        await remade(services)

    assert await sequences(services) == [1]


async def test_a_topic_that_shows_that_the_log_went_back_is_not_deleted(
    services: TwoServices,
) -> None:
    await topics.prepare_topic(services.kafka_settings, services.topic, PARTITIONS + 2)
    async with running(services.publisher()):
        await services.announce(new_id(), 1)
        await services.until_values([1], "SELECT sequenced_through FROM publication")
    await services.values(
        "UPDATE publication SET refused_because = 'Kafka is ahead', refused_at = now() RETURNING 1"
    )

    with pytest.raises(ConflictError, match="the topic is the evidence: Kafka is ahead"):
        await remade(services)

    count = await topics.partition_count(services.kafka_settings, services.topic)
    assert count == PARTITIONS + 2


async def test_a_reader_reports_again_once_partitions_that_it_was_given_are_gone(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_reports, "REPORT_SECONDS", 0.2)
    thing = in_partition(0)
    async with running(services.publisher()), running(services.consumer()):
        await services.announce(thing, 1)
        await services.until_noted(thing, 1)
        await services.until_values([[1, 0, 0]], READER)
        await services.values("DELETE FROM event_readers RETURNING 1")
        await services.values(GONE, f"{services.service}-reader", services.topic)

        await services.until_values([[1, 0, 0]], READER)

    kept = "SELECT partition FROM consumer_progress ORDER BY partition"
    assert await services.values(kept) == [0, 1, 2]

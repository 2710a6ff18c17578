"""Repair: what a topic did not bring is read from the producer's log; nothing is passed over."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from integration.messaging.damage import empty_topic, restore_log_through
from integration.messaging.test_consuming import Chain, in_partition, until_reason
from shared.errors import InvalidInputError, UnavailableError
from shared.identifiers import new_id
from shared.messaging.consuming.consumer import Consumer
from shared.messaging.consuming.feed_client import FedRecords, FeedClient
from shared.messaging.kafka.producer import Outgoing
from shared.messaging.log import event_log
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.log.interventions import begin_epoch, republish
from shared.messaging.log.positions import Position
from shared.messaging.wire.envelope import headers_of, source_of
from shared.messaging.wire.partitioning import subject_key
from shared.testing.messaging import running, until
from shared.testing.two_services import TwoServices

PUBLISHED = "SELECT published_through FROM published"


class FeedThatComesBack(FeedClient):
    """The real feed, away until it is let through."""

    def __init__(self, services: TwoServices) -> None:
        feed = services.feed()
        self.__dict__ |= feed.__dict__
        self.is_away = True

    async def after(
        self,
        service: str,
        position: Position,
        partition: int,
        *,
        subject_id: UUID | None = None,
        limit: int = 500,
    ) -> FedRecords:
        """Answer, or be away."""
        if self.is_away:
            raise UnavailableError("away", code="away")
        return await super().after(service, position, partition, subject_id=subject_id, limit=limit)


async def until_well(consumer: Consumer) -> None:
    async def is_well() -> bool:
        return await consumer.reason() is None

    await until(is_well)


async def intervene(services: TwoServices, reason: str) -> tuple[int, int]:
    """Begin a new epoch, as an operator would."""
    async with services.database.transaction(services.cause()) as tx:
        return await begin_epoch(tx, reason)


async def republished(services: TwoServices, after: int) -> int:
    """Have everything after a sequence sent again, as an operator would."""
    async with services.database.transaction(services.cause()) as tx:
        return await republish(tx, after)


async def logged(services: TwoServices) -> list[LoggedEvent]:
    """Return what the log holds."""
    async with services.using_connection:
        return await event_log.read_after(services.connection, 0, 100)


def outgoing(services: TwoServices, event: LoggedEvent, epoch: int = 1) -> Outgoing:
    """Return the record that a publisher would send of a logged event."""
    headers = headers_of(event, source_of(services.service), epoch)
    return Outgoing(subject_key(event.subject_id), event.data, headers)


async def only_in_the_log(services: TwoServices, numbers: Sequence[int]) -> list[LoggedEvent]:
    """Log facts about one thing of partition 0 and take them off the topic again."""
    thing = in_partition(0)
    await services.announce(thing, *numbers)
    async with running(services.publisher()):
        await services.until_values([len(numbers)], PUBLISHED)
    await empty_topic(services)
    return await logged(services)


async def test_a_hole_in_the_topic_is_filled_from_the_feed_in_order(services: TwoServices) -> None:
    events = await only_in_the_log(services, [1, 2, 3, 4, 5])
    await services.send(0, *(outgoing(services, events[place]) for place in (0, 3, 4)))

    async with running(services.consumer()):
        await services.until_noted(events[0].subject_id, 1, 2, 3, 4, 5)


async def test_who_is_new_to_a_topic_reads_what_it_no_longer_holds_from_the_feed(
    services: TwoServices,
) -> None:
    events = await only_in_the_log(services, list(range(1, 8)))
    await services.send(0, Chain(services, events[0].subject_id).watermark(7))

    async with running(services.consumer()):
        await services.until_noted(events[0].subject_id, *range(1, 8))


async def test_while_the_feed_is_away_the_partition_waits_and_then_goes_on_by_itself(
    services: TwoServices,
) -> None:
    events = await only_in_the_log(services, [1, 2, 3])
    await services.send(0, outgoing(services, events[0]), outgoing(services, events[2]))
    feed = FeedThatComesBack(services)

    consumer = services.consumer(feed=feed)
    async with running(consumer):
        await until_reason(consumer, "gap after 1:1: the next record follows 2; away")
        assert await services.noted(events[0].subject_id) == [1]
        feed.is_away = False
        await services.until_noted(events[0].subject_id, 1, 2, 3)
        await until_well(consumer)


async def test_a_record_that_the_log_does_not_have_stops_the_partition(
    services: TwoServices,
) -> None:
    events = await only_in_the_log(services, [1, 2, 3])
    foreign = Chain(services, events[0].subject_id).event(3, 2, 3)
    async with services.using_connection:
        await services.connection.execute("DELETE FROM event_log WHERE sequence = 2")
    await services.send(0, outgoing(services, events[0]), foreign)

    consumer = services.consumer()
    async with running(consumer):
        await until_reason(consumer, "the feed itself is not in line")

    assert await services.noted(events[0].subject_id) == [1]


async def test_a_new_epoch_is_adopted_when_nothing_beyond_its_fork_was_applied(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    await services.announce(thing, 1, 2)
    async with running(services.consumer()):
        async with running(services.publisher()):
            await services.until_noted(thing, 1, 2)
        assert await intervene(services, "restored") == (2, 2)
        await services.announce(thing, 3)
        async with running(services.publisher()):
            await services.until_noted(thing, 1, 2, 3)

    epochs = "SELECT DISTINCT epoch FROM consumer_progress WHERE last_sequence > 0"
    assert await services.values(epochs) == [2]


async def test_who_applied_events_beyond_the_fork_stops_and_says_so(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    await services.announce(thing, 1, 2, 3)
    async with running(services.publisher()), running(services.consumer()):
        await services.until_noted(thing, 1, 2, 3)
    await restore_log_through(services, 1)
    await intervene(services, "restored from yesterday")
    await services.announce(thing, 4)

    consumer = services.consumer()
    async with running(services.publisher()), running(consumer):
        await until_reason(consumer, "epoch 2 began after sequence 1, and what was applied here")

    assert await services.noted(thing) == [1, 2, 3]


async def test_who_is_new_to_a_forked_topic_applies_nothing_beyond_the_fork(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    await services.announce(thing, 1, 2, 3)
    async with running(services.publisher()):
        await services.until_values([3], PUBLISHED)
    await restore_log_through(services, 1)
    await intervene(services, "restored")
    await services.announce(thing, 4)

    async with running(services.publisher()), running(services.consumer()):
        await services.until_noted(thing, 1, 4)


async def test_a_new_epoch_heals_a_publisher_that_refused(services: TwoServices) -> None:
    thing = new_id()
    await services.announce(thing, 1, 2, 3)
    async with running(services.publisher()):
        await services.until_values([3], PUBLISHED)
    await restore_log_through(services, 1)
    await services.announce(thing, 9)
    async with running(services.publisher()):
        await intervene(services, "restored")
        await services.until_values([2], PUBLISHED)

    assert await services.values("SELECT sequence FROM event_log ORDER BY sequence") == [1, 2]


async def test_what_kafka_lost_is_sent_again_on_demand_and_applied_once(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    await services.announce(thing, 1, 2, 3)
    async with running(services.publisher()), running(services.consumer()):
        await services.until_noted(thing, 1, 2, 3)

        assert await republished(services, 1) == 2
        await services.until_values([3], PUBLISHED)
        await services.announce(thing, 4)
        await services.until_noted(thing, 1, 2, 3, 4)

    records = (await services.records())[0]
    sent = [value for record in records for name, value in record.headers if name == "ce_sequence"]
    assert sent == [b"1", b"2", b"3", b"2", b"3", b"4"]


@pytest.mark.parametrize("after", [-1, 4])
async def test_nothing_is_sent_again_from_where_nothing_was_published(
    services: TwoServices, after: int
) -> None:
    await services.announce(new_id(), 1, 2, 3)
    async with running(services.publisher()):
        await services.until_values([3], PUBLISHED)

    with pytest.raises(InvalidInputError, match="was not published"):
        await republished(services, after)

    assert await services.values(PUBLISHED) == [3]

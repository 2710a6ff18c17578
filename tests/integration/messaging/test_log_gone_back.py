"""A log whose database went back: what it and its readers still share counts, and nothing else."""

from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy import text

from contract.events.emitted_events import known_in_tests
from integration.messaging.damage import empty_topic, restore_log_through
from integration.messaging.test_consuming import Chain, in_partition, until_reason
from integration.messaging.test_publishing import until_reason as until_publisher_says
from integration.messaging.test_publishing import until_well as until_publisher_is_well
from integration.messaging.test_repair import intervene, until_well
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.errors import NotYetKnownError
from shared.events.event import Event
from shared.messaging.consuming import partition_positions, reader_reports
from shared.messaging.consuming.handlers import EventHandlers, Lost, Received
from shared.messaging.consuming.rebuilding import Rebuilding
from shared.messaging.log import readers
from shared.messaging.publishing.publisher import Publisher
from shared.process.settings import KafkaSettings
from shared.testing.messaging import running
from shared.testing.two_services import PARTITIONS, ThingCounted, TwoServices, note

PUBLISHED = "SELECT published_through FROM published"
SEQUENCED = "SELECT sequenced_through FROM publication"
OUTBOX = "SELECT count(*) FROM outbox"
EPOCHS = "SELECT DISTINCT epoch FROM consumer_progress WHERE last_sequence > 0"
LAST_OF_FIRST = "SELECT last_sequence FROM consumer_progress WHERE partition = 0"
PARKED = "SELECT state || ': ' || coalesce(resolved_why, '') FROM parked_messages"


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stopped partition is looked at soon after an operator has acted."""
    monkeypatch.setattr(partition_positions, "OPERATOR_SECONDS", 0.3)


class ThingPainted(Event):
    """A thing got a color; nobody here handles that."""

    noun_verb: ClassVar[str] = "thing.painted"
    subject_kind: ClassVar[str] = "thing"

    thing_id: UUID


known_in_tests(ThingPainted)


def alone(services: TwoServices) -> Publisher:
    """Make a publisher that does not reach Kafka."""
    nowhere = KafkaSettings(kafka_bootstrap_servers="127.0.0.1:9", kafka_partitions=PARTITIONS)
    return Publisher(services.database_settings, nowhere, service=services.service)


async def take_back(tx: Transaction, lost: Lost[ThingCounted]) -> None:
    """Undo the note of an event."""
    await tx.execute(text("DELETE FROM notes WHERE event_id = :id"), {"id": lost.event_id})


def handlers(services: TwoServices) -> EventHandlers:
    """Make handlers that note each number and can take it back."""
    made = EventHandlers()
    made.on(ThingCounted, note, service=services.service, forget=take_back)
    return made


async def rebuilt(services: TwoServices) -> list[str]:
    """Rebuild what was applied of the topic, as an operator would; return what was left."""
    reader = Database(
        services.database.engine, services.database.clock, f"{services.service}-reader"
    )
    feed = services.feed()
    rebuilding = Rebuilding(reader, services.cause(), feed, handlers(services))
    left = []
    async for lost in rebuilding.look(services.topic):
        left += await rebuilding.rebuild(lost)
    await feed.close()
    return left


async def test_an_epoch_forks_where_kafka_was_not_where_numbering_went_on_after_the_restore(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    async with running(services.publisher()), running(services.consumer()):
        await services.announce(thing, 1, 2)
        await services.until_values([2], PUBLISHED)
        await services.announce(thing, 3, 4, 5)
        await services.until_noted(thing, 1, 2, 3, 4, 5)
    await restore_log_through(services, 2)
    await services.announce(thing, 6, 7, 8, 9)
    async with running(alone(services)):
        await services.until_values([6], SEQUENCED)

    assert await intervene(services, "restored") == (2, 2)
    consumer = services.consumer(handlers(services))
    async with running(services.publisher()), running(consumer):
        await until_reason(consumer, "is in the log only through 2: rebuild what came of it")
        assert await rebuilt(services) == []
        await services.until_noted(thing, 1, 2, 6, 7, 8, 9)


async def test_a_refusal_is_remembered_by_a_publisher_that_cannot_ask_kafka(
    services: TwoServices,
) -> None:
    await services.announce(in_partition(0), 1, 2, 3)
    async with running(services.publisher()):
        await services.until_values([3], PUBLISHED)
    await restore_log_through(services, 1)
    refusing = services.publisher()
    async with running(refusing):
        await until_publisher_says(refusing, "Kafka is ahead of the log")

    await services.announce(in_partition(0), 9)
    restarted = alone(services)
    async with running(restarted):
        await until_publisher_says(restarted, "refuses to publish: Kafka is ahead of the log")

    assert await services.values(SEQUENCED) == [1]
    assert await services.values(OUTBOX) == [1]


async def test_a_topic_that_was_emptied_does_not_end_a_refusal(services: TwoServices) -> None:
    await services.announce(in_partition(0), 1, 2, 3)
    async with running(services.publisher()):
        await services.until_values([3], PUBLISHED)
    await restore_log_through(services, 1)
    refusing = services.publisher()
    async with running(refusing):
        await until_publisher_says(refusing, "Kafka is ahead of the log")
    await empty_topic(services)

    again = services.publisher()
    async with running(again):
        await until_publisher_says(again, "Kafka has lost what would prove")


async def test_a_refusal_ends_by_itself_once_kafka_shows_the_same_log(
    services: TwoServices,
) -> None:
    await services.announce(in_partition(0), 1)
    async with running(services.publisher()):
        await services.until_values([1], PUBLISHED)
    await services.values(
        "UPDATE publication SET refused_because = 'another Kafka', refused_at = now() RETURNING 1"
    )

    publisher = services.publisher()
    async with running(publisher):
        await services.announce(in_partition(0), 2)
        await services.until_values([2], PUBLISHED)
        await until_publisher_is_well(publisher)

    assert await services.values("SELECT refused_because FROM publication") == [None]


async def test_who_applied_beyond_the_fork_what_the_log_still_has_goes_over_by_itself(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    async with running(services.publisher()), running(services.consumer()):
        await services.announce(thing, 1, 2, 3)
        await services.until_noted(thing, 1, 2, 3)
    await services.values("UPDATE published SET published_through = 1 RETURNING 1")
    assert await intervene(services, "promoted, with an acknowledgment not yet noted") == (2, 1)

    async with running(services.publisher()), running(services.consumer()):
        await services.announce(thing, 4)
        await services.until_noted(thing, 1, 2, 3, 4)

    assert await services.values(EPOCHS) == [2]


async def test_what_waits_of_a_lost_history_is_never_applied(services: TwoServices) -> None:
    thing = in_partition(0)
    knows_it = False

    async def wait(tx: Transaction, event: Received[ThingCounted]) -> None:
        if event.data.number == 3 and not knows_it:
            raise NotYetKnownError("not here yet", code="not-here-yet")
        await note(tx, event)

    waiting = services.consumer(services.handlers(wait))
    async with running(services.publisher()), running(waiting):
        await services.announce(thing, 1, 2)
        await services.until_values([2], PUBLISHED)
        await services.announce(in_partition(1), 1)
        await services.announce(thing, 3)
        await services.until_values(["waiting: "], PARKED)
    await restore_log_through(services, 2)
    await intervene(services, "restored")
    await services.announce(thing, 4)

    consumer = services.consumer(services.handlers(wait))
    async with running(services.publisher()), running(consumer):
        await until_reason(consumer, "rebuild what came of it")
        knows_it = True
        await services.until_values(["discarded: it is not in the log, or no longer"], PARKED)
        await rebuilt(services)
        await services.until_noted(thing, 1, 2, 4)


async def test_what_a_forged_record_led_to_is_undone_and_what_it_hid_is_applied(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    consumer = services.consumer(handlers(services))
    async with running(services.publisher()), running(consumer):
        await services.announce(thing, 1)
        await services.until_noted(thing, 1)
        await services.send(0, Chain(services, thing).event(1_000, 1, 99))
        await services.until_noted(thing, 1, 99)
        await services.announce(thing, 2, 3)
        await services.until_values([3], PUBLISHED)
        assert await services.noted(thing) == [1, 99]

        assert await rebuilt(services) == []
        await services.announce(thing, 4)
        await services.until_noted(thing, 1, 2, 3, 4)


async def test_a_partition_in_which_a_forged_record_is_found_stands_until_it_is_rebuilt(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_reports, "REPORT_SECONDS", 0.1)
    thing = in_partition(0)
    consumer = services.consumer(handlers(services))
    async with running(services.publisher()), running(consumer):
        await services.announce(thing, 1)
        await services.until_noted(thing, 1)
        await services.send(0, Chain(services, thing).event(1_000, 1, 99))
        await services.until_noted(thing, 1, 99)
        await services.announce(thing, 2)
        await until_reason(consumer, "rebuild what came of it")

        assert await rebuilt(services) == []
        await services.until_noted(thing, 1, 2)
        await until_well(consumer)


async def test_a_forged_record_of_a_type_that_nobody_here_handles_hides_nothing_once_rebuilt(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    kind = f"{services.service}.thing.painted"
    painted = {"ce_type": kind.encode(), "ce_dataschema": f"urn:casomb:event:{kind}:1".encode()}
    async with running(services.publisher()), running(services.consumer(handlers(services))):
        await services.announce(thing, 1)
        await services.until_noted(thing, 1)
        await services.send(0, Chain(services, thing).event(1_000, 1, 99, **painted))
        await services.until_values([1_000], LAST_OF_FIRST)
        await services.announce(thing, 2)
        await services.until_values([2], PUBLISHED)

        assert await rebuilt(services) == []
        await services.announce(thing, 3)
        await services.until_noted(thing, 1, 2, 3)


async def test_lost_events_that_nobody_here_handles_are_not_taken_for_the_logs(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    async with running(services.publisher()), running(services.consumer(handlers(services))):
        await services.announce(thing, 1)
        await services.until_values([1], PUBLISHED)
        async with services.database.transaction(services.cause()) as tx:
            await tx.lock_subject(thing)
            tx.publish(ThingPainted(thing_id=thing))
            tx.publish(ThingCounted(thing_id=thing, number=2))
        await services.until_noted(thing, 1, 2)
    await restore_log_through(services, 1)
    await intervene(services, "restored")
    await services.announce(thing, 3)

    async with running(services.publisher()), running(services.consumer(handlers(services))):
        await services.until_values([2], PUBLISHED)
        assert await rebuilt(services) == []
        await services.until_noted(thing, 1, 3)


async def test_where_nothing_is_lost_nothing_is_rebuilt(services: TwoServices) -> None:
    thing = in_partition(0)
    async with running(services.publisher()), running(services.consumer(handlers(services))):
        await services.announce(thing, 1, 2)
        await services.until_noted(thing, 1, 2)
        audited = "SELECT count(*) FROM audit_entries WHERE action = 'position.rebuild'"

        assert await rebuilt(services) == []

        assert await services.values(audited) == [0]
        assert await services.noted(thing) == [1, 2]


async def test_what_cannot_be_undone_is_told(services: TwoServices) -> None:
    thing = in_partition(0)
    async with running(services.publisher()), running(services.consumer()):
        await services.announce(thing, 1)
        await services.until_values([1], PUBLISHED)
        await services.announce(thing, 2)
        await services.until_noted(thing, 1, 2)
    await restore_log_through(services, 1)
    await intervene(services, "restored")

    async def keep(tx: Transaction, lost: Lost[ThingCounted]) -> str:
        del tx
        return f"number {lost.data.number} was read aloud"

    stubborn = EventHandlers()
    stubborn.on(ThingCounted, note, service=services.service, forget=keep)
    reader = Database(
        services.database.engine, services.database.clock, f"{services.service}-reader"
    )
    feed = services.feed()
    rebuilding = Rebuilding(reader, services.cause(), feed, stubborn)

    found = [lost async for lost in rebuilding.look(services.topic)]
    (left,) = [words for lost in found for words in await rebuilding.rebuild(lost)]
    await feed.close()

    assert left.startswith(f"{services.service}.thing.counted ")
    assert left.endswith(": number 2 was read aloud")


async def test_a_reader_of_an_ended_epoch_needs_what_follows_the_fork(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    await services.announce(thing, 1, 2, 3)
    async with running(services.publisher()):
        await services.until_values([3], PUBLISHED)
    async with services.database.transaction(services.cause()) as tx:
        await readers.report(tx, "a-partner", 1, [3, 0, 0])
    await restore_log_through(services, 1)
    await intervene(services, "restored")

    async with services.database.transaction(services.cause()) as tx:
        (reader,) = await readers.listed(tx)

    assert reader.needs_after == 1

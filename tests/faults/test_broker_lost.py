"""Kafka is stopped, stands still or loses a topic: business goes on, what was lost comes again."""

import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from faults.counted import PARTITIONS, Counted, thing_in, two_services
from faults.own_server import OwnServer, bytes_waiting_at, own_kafka, wipe_topic
from faults.service_process import running
from faults.waiting import until
from local_system.kafka import Kafka

SEQUENCED = "SELECT count(*) FROM event_log"
AWAY_FOR_EVENTS = 200


@dataclass
class Broker:
    """A broker of the module's own."""

    server: OwnServer
    kafka: Kafka


@pytest.fixture(scope="module")
async def broker(server_folder: Path) -> AsyncIterator[Broker]:
    async with own_kafka(server_folder) as (server, kafka):
        yield Broker(server, kafka)


@pytest.fixture
async def counted(
    new_database: Callable[[str | None], str], broker: Broker, tmp_path: Path
) -> AsyncIterator[Counted]:
    """Two counting services on that broker."""
    async with two_services(new_database, broker.kafka.bootstrap, tmp_path) as made:
        yield made


@pytest.mark.long
async def test_kafka_stopped_for_a_while(counted: Counted, broker: Broker) -> None:
    things = [thing_in(partition) for partition in range(PARTITIONS)]
    async with running(counted.publisher(), counted.consumer(), counted.api()):
        async with counted.writing(*things):
            await counted.until_committed(20)
            await broker.server.end()
            await counted.until_committed(AWAY_FOR_EVENTS)
            await broker.server.start()
            await counted.until_committed(20)

        assert not counted.writes.unknown
        await counted.check_every_promise()


@pytest.mark.long
async def test_publisher_killed_after_send_before_ack_while_kafka_stands_still(
    counted: Counted, broker: Broker
) -> None:
    thing = thing_in(0)
    publisher = counted.publisher()
    async with running(publisher):
        await counted.announce(thing, 1)
        await counted.until_published(1)
        broker.server.send(signal.SIGSTOP)
        try:
            await counted.announce(thing, 2)
            await counted.until_values([2], SEQUENCED)

            async def is_sent() -> bool:
                return bytes_waiting_at(broker.kafka.port) > 0

            await until(is_sent)
            await publisher.kill()
        finally:
            broker.server.send(signal.SIGCONT)

        async with running(counted.publisher("heir"), counted.consumer()):
            await counted.announce(thing, 3)
            await counted.check_every_promise()


@pytest.mark.long
async def test_kafka_restarted_with_an_empty_log_directory_for_one_topic(
    counted: Counted, broker: Broker
) -> None:
    things = [thing_in(partition) for partition in range(PARTITIONS)]
    async with running(counted.publisher(), counted.api()):
        async with running(counted.consumer()):
            for thing in things:
                await counted.announce(thing, 1)
                await counted.until_noted(thing, 1)
        for thing in things:
            await counted.announce(thing, 2, 3)
        await counted.until_published(9)
        await counted.keep_tape()
        await broker.server.end(signal.SIGTERM)
        wipe_topic(broker.kafka, counted.topic)
        await broker.server.start()

        for thing in things:
            await counted.announce(thing, 4)
        async with running(counted.consumer("heir")):
            for thing in things:
                await counted.until_noted(thing, 1, 2, 3, 4)  # a watermark shows the gap
            await counted.keep_tape()
            await counted.operate("log", "republish", "--after", "0")
            await counted.until_sent_again(12)
            await counted.check_every_promise()

"""The producer's database goes back to an earlier point: refused until a new epoch begins."""

from collections.abc import AsyncIterator

import pytest
from aiokafka.admin import AIOKafkaAdminClient

from faults.counted import Counted, thing_in
from faults.restoring import Backup
from faults.service_process import running, started

REPORT_SECONDS = 480.0
LOG = "SELECT count(*) FROM event_log"


@pytest.fixture
async def backup(counted: Counted) -> AsyncIterator[Backup]:
    """A backup after two events, all published and noted; two more came after it."""
    ahead, level = thing_in(0), thing_in(1)
    async with running(counted.publisher("first"), counted.consumer("first reader")):
        await counted.announce(ahead, 1)
        await counted.announce(level, 1)
        await counted.until_published(2)
        await counted.until_noted(level, 1)
    made = Backup(counted)
    await made.make()
    async with running(counted.publisher("second"), counted.consumer("second reader")):
        await counted.announce(ahead, 2, 3)
        await counted.until_published(4)
        await counted.until_noted(ahead, 1, 2, 3)
    yield made
    await made.drop()


@pytest.mark.long
async def test_database_restored_to_an_earlier_point_refused_and_a_new_epoch_begun(
    counted: Counted, backup: Backup
) -> None:
    await backup.restore()
    (ahead, level) = await counted.values("SELECT subject_id FROM event_log ORDER BY sequence")
    await counted.announce(ahead, 20)
    publisher = counted.publisher()
    async with started(publisher):
        await publisher.until_reason("Kafka is ahead of the log")
        assert await counted.values(LOG) == [2]

        await counted.operate("log", "begin-epoch", "--reason", "restored from a backup")
        await counted.announce(level, 2)
        reader = counted.consumer()
        async with running(counted.api()), started(reader):
            await reader.until_reason("rebuild what came of it")
            await counted.until_noted(level, 1, 2)
            await counted.operate("consumption", "rebuild", counted.topic, reader=True)
            await counted.announce(ahead, 21)
            await counted.check_every_promise()


@pytest.mark.long
async def test_database_restored_and_the_epoch_forgotten_with_the_topic_lost_too(
    counted: Counted, backup: Backup
) -> None:
    await backup.restore()
    await delete_topic(counted)
    reader = counted.consumer()

    async with running(counted.api(), counted.publisher()), started(reader):
        await reader.until_reason("applied events that this log does not have", REPORT_SECONDS)


async def delete_topic(counted: Counted) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=counted.kafka.kafka_bootstrap_servers)
    await admin.start()
    await admin.delete_topics([counted.topic])
    await admin.close()

"""Doing harm to what the log keeps: a topic that lost its records, a database that went back."""

from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from aiokafka.structs import TopicPartition

from shared.messaging.log.log_partitions import LogPartitions
from shared.testing.two_services import PARTITIONS, TwoServices

_TAILS = """
    SELECT array(
        SELECT coalesce((SELECT max(sequence) FROM event_log WHERE partition = place), 0)
        FROM generate_series(0, $1 - 1) AS place ORDER BY place)
"""


async def empty_topic(services: TwoServices) -> None:
    """Delete every record of the topic, as its retention would; offsets go on from there."""
    admin = AIOKafkaAdminClient(bootstrap_servers=services.kafka_settings.kafka_bootstrap_servers)
    await admin.start()
    try:
        everything = RecordsToDelete(before_offset=-1)
        places = [TopicPartition(services.topic, number) for number in range(PARTITIONS)]
        await admin.delete_records(dict.fromkeys(places, everything))
    finally:
        await admin.close()


async def restore_log_through(services: TwoServices, sequence: int) -> None:
    """Put the database's log back to where it stood after an event."""
    async with services.using_connection:
        connection = services.connection
        await connection.execute("DELETE FROM event_log WHERE sequence > $1", sequence)
        tails = await connection.fetchval(_TAILS, PARTITIONS)
        await connection.execute(
            "UPDATE publication SET sequenced_through = $1, tails = $2", sequence, tails
        )
        await connection.execute(
            "UPDATE published SET published_through = least(published_through, $1)", sequence
        )


async def remake_log(services: TwoServices, size: int, partitions: int) -> None:
    """Give the empty log small partitions, under the names that the publisher looks for."""
    async with services.using_connection:
        connection = services.connection
        names = await connection.fetch(
            "SELECT inhrelid::regclass::text AS name FROM pg_inherits"
            " WHERE inhparent = 'event_log'::regclass"
        )
        for (name,) in names:
            await connection.execute(f"DROP TABLE {name}")
        for number in range(partitions):
            await LogPartitions(connection, size).prepare(size * number)

"""The servers every integration test stands on are real ones of the promised versions."""

from collections.abc import Callable

import asyncpg
from aiokafka.admin import AIOKafkaAdminClient


async def test_the_lent_postgres_is_version_18(postgres: str) -> None:
    connection = await asyncpg.connect(postgres)

    version = await connection.fetchval("SHOW server_version_num")

    await connection.close()
    assert int(version) // 10_000 == 18


async def test_the_lent_kafka_answers(kafka: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()

    cluster = await admin.describe_cluster()

    await admin.close()
    assert len(cluster["brokers"]) == 1


async def test_two_new_databases_do_not_see_each_other(
    new_database: Callable[[str | None], str],
) -> None:
    first = await asyncpg.connect(new_database(None))
    second = await asyncpg.connect(new_database(None))
    await first.execute("CREATE TABLE only_here (id int)")

    seen = await second.fetchval("SELECT to_regclass('only_here')")

    await first.close()
    await second.close()
    assert seen is None

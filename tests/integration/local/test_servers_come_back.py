"""The embedded servers are programs like any other: killed, they come back with their data."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from local_system.kafka import Kafka
from local_system.ports import free_port
from local_system.postgres import Postgres
from local_system.processes import Supervisor

START_SECONDS = 240


@pytest.fixture
async def supervisor(state_folder: Path) -> AsyncIterator[Supervisor]:
    made = Supervisor(state_folder / "processes.json", lambda _: None)
    yield made
    await made.stop()


async def _kill_and_wait(supervisor: Supervisor, name: str) -> None:
    killed = supervisor.process_id(name)
    os.kill(killed, signal.SIGKILL)
    await supervisor.wait_restarted(name, killed, START_SECONDS)


async def test_a_killed_postgres_comes_back_with_what_was_committed(
    supervisor: Supervisor, state_folder: Path
) -> None:
    server = Postgres(
        state_folder / "postgres", free_port(), "secret'1", state_folder / "postgres.log"
    )
    server.prepare()
    await supervisor.start(server.program())
    await supervisor.wait_ready(["postgres"], START_SECONDS)
    before = await asyncpg.connect(server.url())
    await before.execute("CREATE TABLE kept AS SELECT 42 AS answer")

    await _kill_and_wait(supervisor, "postgres")

    before.terminate()
    after = await asyncpg.connect(server.url())
    assert await after.fetchval("SELECT answer FROM kept") == 42
    await after.close()


async def test_a_killed_kafka_comes_back_with_its_topics(
    supervisor: Supervisor, state_folder: Path
) -> None:
    broker = Kafka(state_folder / "kafka", free_port(), free_port(), state_folder / "kafka.log")
    broker.prepare()
    await supervisor.start(broker.program())
    await supervisor.wait_ready(["kafka"], START_SECONDS)
    await _create_topic(broker.bootstrap, "kept")

    await _kill_and_wait(supervisor, "kafka")

    admin = AIOKafkaAdminClient(bootstrap_servers=broker.bootstrap)
    await admin.start()
    assert await admin.list_topics() == ["kept"]
    await admin.close()


async def _create_topic(bootstrap: str, name: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(name, 1, 1)])
    await admin.close()

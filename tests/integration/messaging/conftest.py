"""Two services on the real PostgreSQL and Kafka, fresh for every test."""

from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest
from pydantic import SecretStr

from contract.events.emitted_events import check_connection, known_in_tests
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.identifiers import new_id
from shared.process.settings import DatabaseSettings, KafkaSettings
from shared.testing.kernel_schema import kernel_schema
from shared.testing.two_services import PARTITIONS, ThingCounted, TwoServices

known_in_tests(ThingCounted)


@pytest.fixture(scope="module")
def _database_url(new_database: Callable[[str | None], str]) -> str:
    return new_database(None)


@pytest.fixture(scope="module")
async def _schema(_database_url: str) -> None:
    connection = await asyncpg.connect(_database_url)
    await connection.execute(kernel_schema())
    await connection.execute(
        "CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY, event_id uuid UNIQUE,"
        " thing_id uuid, number int)"
    )
    await connection.close()


@pytest.fixture
async def services(_database_url: str, _schema: None, kafka: str) -> AsyncIterator[TwoServices]:
    """Services of its own: empty tables, a topic that nobody else uses.

    The next test empties the tables, so what this one emitted is held against the catalog here.
    """
    made = await opened(_database_url, kafka)
    try:
        yield made
        await check_connection(made.connection)
    finally:
        await made.connection.close()
        await made.database.engine.dispose()


async def opened(database_url: str, kafka: str) -> TwoServices:
    """Make services on emptied tables, under a name and a topic of their own."""
    database_settings = DatabaseSettings(database_url=SecretStr(database_url))
    kafka_settings = KafkaSettings(
        kafka_bootstrap_servers=kafka, kafka_partitions=PARTITIONS, kafka_replication_factor=1
    )
    engine = create_engine(database_settings, "test")
    service = f"test-{new_id().hex[-8:]}"
    connection = await asyncpg.connect(database_url)
    await connection.execute(
        "TRUNCATE outbox, leases, event_log, publication, published, consumer_progress,"
        " parked_messages, log_epochs, event_readers, audit_entries, notes,"
        " withheld_records, applied_events"
    )
    database = Database(engine, SystemClock(), service)
    return TwoServices(database_settings, kafka_settings, database, connection, service)

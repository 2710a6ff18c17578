"""A database and a topic of their own for one measurement, on the servers that all share."""

import json
import secrets
from dataclasses import asdict, dataclass

import asyncpg
from pydantic import SecretStr

from benchmarks.events.servers import Servers
from local_system.databases import address
from shared.messaging.kafka import topics
from shared.messaging.wire.envelope import topic_of
from shared.process.settings import DatabaseSettings, KafkaSettings
from shared.testing.kernel_schema import kernel_schema

PARTITIONS = 6


@dataclass(frozen=True)
class Place:
    """Where one measurement runs; passed to every process that takes part in it."""

    database_url: str
    kafka: str
    service: str

    @property
    def topic(self) -> str:
        """The topic of the service."""
        return topic_of(self.service)

    @property
    def database_settings(self) -> DatabaseSettings:
        """Its database as a service is told of it."""
        return DatabaseSettings(database_url=SecretStr(self.database_url))

    @property
    def kafka_settings(self) -> KafkaSettings:
        """Its broker as a service is told of it."""
        return KafkaSettings(
            kafka_bootstrap_servers=self.kafka,
            kafka_partitions=PARTITIONS,
            kafka_replication_factor=1,
        )

    def packed(self) -> str:
        """Return it as one argument of a command."""
        return json.dumps(asdict(self))

    async def connect(self) -> asyncpg.Connection:
        """Open a connection of the benchmark's own."""
        return await asyncpg.connect(self.database_url)


async def new_place(servers: Servers) -> Place:
    """Make an empty database with the kernel's tables, and an empty topic."""
    name = f"bench_{secrets.token_hex(5)}"
    server = await asyncpg.connect(servers.postgres)
    await server.execute(f'CREATE DATABASE "{name}"')
    await server.close()
    place = Place(address(servers.postgres, name), servers.kafka, name.replace("_", "-"))
    connection = await place.connect()
    await connection.execute(kernel_schema())
    await connection.execute("CREATE TABLE written (event_id uuid NOT NULL)")
    await connection.execute(
        "CREATE TABLE movements (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
        " event_id uuid NOT NULL, thing_id uuid NOT NULL, number bigint NOT NULL)"
    )
    await connection.close()
    await topics.prepare_topic(place.kafka_settings, place.topic, PARTITIONS)
    return place


async def forget(servers: Servers, place: Place) -> None:
    """Drop the database, so that the next measurement finds the disk as this one did."""
    server = await asyncpg.connect(servers.postgres)
    name = place.database_url.rpartition("/")[2]
    await server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await server.close()

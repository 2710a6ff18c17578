"""The disk of PostgreSQL or of Kafka is full for a while: nothing is lost, nothing is set aside."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest

from faults.counted import PARTITIONS, Counted, thing_in, two_services
from faults.own_server import OwnServer, databases_on, own_kafka, own_postgres
from faults.service_process import running
from faults.small_disk import small_disk
from faults.waiting import until

POSTGRES_MEGABYTES = 160
KAFKA_MEGABYTES = 64
REFUSED_WRITES = 20


async def until_refused(counted: Counted, count: int) -> None:
    """Wait until so many commits were refused."""

    async def is_there() -> bool:
        return len(counted.writes.unknown) >= count

    await until(is_there, 60)


async def test_disk_full_under_the_tables_of_postgresql(
    kafka: str, server_folder: Path, tmp_path: Path
) -> None:
    things = [thing_in(partition) for partition in range(PARTITIONS)]
    with small_disk(server_folder / "disk", POSTGRES_MEGABYTES) as disk:
        async with (
            own_postgres(disk.folder, server_folder / "postgres.log") as (_, postgres),
            two_services(databases_on(postgres, tmp_path), kafka, tmp_path) as counted,
            running(counted.publisher(), counted.consumer()),
        ):
            async with counted.writing(*things):
                await counted.until_committed(20)
                disk.fill()
                await until_refused(counted, REFUSED_WRITES)
                disk.free()
                await counted.until_committed(20)

            await counted.check_every_promise()


@pytest.mark.long
async def test_disk_full_under_the_write_ahead_log_of_postgresql(
    kafka: str, server_folder: Path, tmp_path: Path
) -> None:
    things = [thing_in(partition) for partition in range(PARTITIONS)]
    with small_disk(server_folder / "disk", POSTGRES_MEGABYTES) as disk:
        async with (
            own_postgres(disk.folder, server_folder / "postgres.log") as (server, postgres),
            two_services(databases_on(postgres, tmp_path), kafka, tmp_path) as counted,
            running(counted.publisher(), counted.consumer()),
        ):
            async with counted.writing(*things):
                await counted.until_committed(20)
                disk.fill()
                await until_stopped_by_a_full_disk(counted, server)
                disk.free()
                await server.start()
                await counted.until_committed(20)

            await counted.check_every_promise()


async def until_stopped_by_a_full_disk(counted: Counted, server: OwnServer) -> None:
    """Ask for new segments of the log until there is no room for one: PostgreSQL gives up then."""

    async def is_down() -> bool:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await counted.values("SELECT pg_switch_wal()::text")
        return not server.is_running

    await until(is_down)


@pytest.mark.long
async def test_disk_full_under_kafka(
    new_database: Callable[[str | None], str], server_folder: Path, tmp_path: Path
) -> None:
    things = [thing_in(partition) for partition in range(PARTITIONS)]
    with small_disk(server_folder / "disk", KAFKA_MEGABYTES) as disk:
        async with (
            own_kafka(disk.folder, server_folder / "kafka.log") as (server, kafka),
            two_services(new_database, kafka.bootstrap, tmp_path) as counted,
            running(counted.publisher(), counted.consumer(), counted.api()),
        ):
            async with counted.writing(*things):
                await counted.until_committed(20)
                disk.fill()
                await until_down(server)
                await counted.until_committed(200)
                disk.free()
                await server.start()
                await counted.until_committed(20)

            assert not counted.writes.unknown
            await counted.check_every_promise()


async def until_down(server: OwnServer) -> None:
    """Wait until a broker has given up its only log directory, and with it itself."""

    async def is_down() -> bool:
        return not server.is_running

    await until(is_down)

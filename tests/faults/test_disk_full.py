"""The disk of PostgreSQL or of Kafka is full for a while: nothing is lost, nothing is set aside."""

from pathlib import Path

from faults.counted import PARTITIONS, Counted, thing_in, two_services
from faults.own_server import databases_on, own_postgres
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


async def test_disk_full_under_the_tables_of_postgresql(kafka: str, tmp_path: Path) -> None:
    things = [thing_in(partition) for partition in range(PARTITIONS)]
    with small_disk(tmp_path / "disk", POSTGRES_MEGABYTES) as disk:
        async with (
            own_postgres(disk.folder, tmp_path / "postgres.log") as (_, postgres),
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

"""PostgreSQL is stopped hard while events are written, and started again."""

import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from faults.counted import PARTITIONS, Counted, thing_in, two_services
from faults.own_server import OwnServer, databases_on, own_postgres
from faults.service_process import running


@pytest.fixture(scope="module")
async def database_server(
    server_folder: Path,
) -> AsyncIterator[tuple[OwnServer, Callable[[str | None], str]]]:
    """A database server of the module's own, and how databases are made there."""
    async with own_postgres(server_folder) as (server, postgres):
        yield server, databases_on(postgres, server_folder)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGKILL, id="killed"),
        pytest.param(signal.SIGQUIT, id="told to stop at once", marks=pytest.mark.long),
    ],
)
async def test_postgresql_stopped_hard_and_restarted(
    database_server: tuple[OwnServer, Callable[[str | None], str]],
    kafka: str,
    tmp_path: Path,
    number: signal.Signals,
) -> None:
    server, new_database = database_server
    things = [thing_in(partition) for partition in range(PARTITIONS)]
    async with two_services(new_database, kafka, tmp_path) as counted:
        async with running(counted.publisher(), counted.consumer()):
            async with counted.writing(*things):
                await counted.until_committed(50)
                await server.end(number)
                await server.start()
                await counted.until_committed(50)

            await counted.check_every_promise()
        assert_it_was_felt(counted)


def assert_it_was_felt(counted: Counted) -> None:
    """The outage fell into the work, and no process ended over it."""
    assert any(process.said("database_away") for process in counted.processes)

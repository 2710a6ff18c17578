"""Servers and databases that tests share: a real PostgreSQL and a real Kafka.

They start when the first test asks, once whatever the number of workers, and end with the run.

`DATABASE_URL` and `KAFKA_BOOTSTRAP_SERVERS` point the tests at servers of your own.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import structlog

from contract.events.emitted_events import check_database
from first_connections import first_connections_closed
from local_system.fresh_databases import FreshDatabases
from local_system.kafka import broker_of_your_own
from local_system.lent import Lender
from local_system.postgres import server_of_your_own

PLAIN = structlog.dev.plain_traceback
"""The default draws every frame with its variables: eight seconds of a processor for one fault."""
CONNECT_SECONDS = 120.0
LENDER = pytest.StashKey[Lender]()


def pytest_configure(config: pytest.Config) -> None:
    """Give every process of the run the same folder to find the lent servers in."""
    structlog.configure([structlog.dev.ConsoleRenderer(exception_formatter=PLAIN)])
    shared = getattr(config, "workerinput", None)
    if shared is None:
        folder = Path(tempfile.mkdtemp(prefix="casomb-tests-"))
        config.stash[LENDER] = Lender(folder, os.getpid())
    else:
        config.stash[LENDER] = Lender(Path(shared["lent_folder"]), shared["lent_to"])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: pytest.Item) -> None:
    """Tell each worker of pytest-xdist where the lent servers are."""
    lender = node.config.stash[LENDER]
    node.workerinput |= {"lent_folder": str(lender.folder), "lent_to": lender.borrower}  # type: ignore[attr-defined] # pytest-xdist publishes no type for its nodes


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give the servers back when the run ends; a killed run is noticed by the lender itself."""
    lender = config.stash.get(LENDER, None)
    if lender is not None and not hasattr(config, "workerinput"):
        if own_server := server_of_your_own():
            FreshDatabases(own_server, lender.folder).drop_templates()
        lender.give_back()
        shutil.rmtree(lender.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> str:
    """Address of a PostgreSQL server, for a role that may create databases."""
    return server_of_your_own() or pytestconfig.stash[LENDER].borrow("postgres")


@pytest.fixture(scope="session")
def kafka(pytestconfig: pytest.Config) -> str:
    """Bootstrap address of a Kafka broker; topics are the tests' own, with names of their own."""
    return broker_of_your_own() or pytestconfig.stash[LENDER].borrow("kafka")


@pytest.fixture(scope="session")
def _databases(postgres: str, pytestconfig: pytest.Config) -> FreshDatabases:
    folder = pytestconfig.stash[LENDER].folder
    return FreshDatabases(postgres, folder, is_embedded=server_of_your_own() is None)


@pytest.fixture(scope="session", autouse=True)
def _busy_machine() -> Iterator[None]:
    """PostgreSQL may take longer to let a test in than a service would wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shared.database.engine.CONNECT_SECONDS", CONNECT_SECONDS)
        yield


@pytest.fixture(scope="module", autouse=True)
def _no_connection_outlives_its_module() -> Iterator[None]:
    with first_connections_closed():
        yield


@pytest.fixture(scope="module")
def new_database(_databases: FreshDatabases) -> Iterator[Callable[[str | None], str]]:
    """Make a fresh database and give its address: dropped after the module.

    `new_database("scoring")` has scoring's migrations, `new_database(None)` is empty. Events that
    are left in it when the module ends are held against the catalog.
    """
    made: list[str] = []

    def make(service: str | None) -> str:
        made.append(_databases.fresh(service))
        return made[-1]

    yield make
    try:
        for address in made:
            _check(address)
    finally:
        for address in made:
            _databases.drop(address)


def _check(database_url: str) -> None:
    # In a thread: the tests' own event loop may still be there.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, check_database(database_url)).result()

"""A fresh, migrated database in milliseconds: copied from a template that is migrated once."""

import asyncio
import fcntl
import os
import secrets
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from local_system.databases import address, database_name
from local_system.environment import migration_environment
from local_system.errors import CannotStartError
from local_system.schema_records import read_record, schema_records

MIGRATE_SECONDS = 480


@dataclass(frozen=True)
class FreshDatabases:
    """Makes databases on one server; processes with the same templates share the folder."""

    server_url: str
    folder: Path
    is_embedded: bool = True
    """Whether the server is the embedded one: then schemas are loaded from their records."""

    def fresh(self, service: str | None) -> str:
        """Make a database, migrated for a service or empty, and return its address."""
        template = "template1" if service is None else self._template(service)
        name = f"test_{database_name(service or 'empty')}_{secrets.token_hex(6)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return address(self.server_url, name)

    def drop(self, database_url: str) -> None:
        """Drop a database made here, even if somebody is still connected to it."""
        name = urlsplit(database_url).path.removeprefix("/")
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def drop_templates(self) -> None:
        """Drop the templates too, for a server that continues after the test run."""
        for known in self.folder.glob("*.template"):
            self._execute(f'DROP DATABASE IF EXISTS "{known.read_text()}" WITH (FORCE)')

    def _template(self, service: str) -> str:
        known = self.folder / f"{service}.template"
        with (self.folder / f"{service}.template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not known.exists():
                name = f"template_{database_name(service)}_{secrets.token_hex(4)}"
                self._execute(f'CREATE DATABASE "{name}"')
                self._give_schema(service, address(self.server_url, name))
                known.write_text(name)
            return known.read_text()

    def _give_schema(self, service: str, database_url: str) -> None:
        if self.is_embedded:
            _run(_read(self.server_url, service, database_url))
        else:
            migrate(service, database_url)

    def _execute(self, statement: str) -> None:
        _run(_execute(self.server_url, statement))


def _run(work: Coroutine[None, None, None]) -> None:
    # In a thread: the caller may be inside an event loop of its own.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _read(server_url: str, service: str, database_url: str) -> None:
    await read_record((await schema_records(server_url))[service], database_url)


def migrate(service: str, database_url: str) -> None:
    """Run a service's own migrations, as a deployment does."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", database_name(service), "migrate"],
        env={**os.environ, **migration_environment(service, database_url)},
        capture_output=True,
        text=True,
        timeout=MIGRATE_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise CannotStartError(f"migrating {service} failed:\n{done.stdout}{done.stderr}")


async def _execute(server_url: str, statement: str) -> None:
    connection = await asyncpg.connect(server_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()

"""Schema records: the result of a service's migrations on an empty database, as one SQL file.

Measured: the migrations of four services take 3 s of processor time, loading their records 0.4 s. A
record is made by running the migrations, and is made again after a change of anything that they
use. Only empty databases get their schema from a record.
"""

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import asyncpg

from local_system.credentials import SERVICES
from local_system.databases import address, database_name
from local_system.errors import CannotStartError
from local_system.migrating import migrate
from local_system.postgres import binary
from local_system.schema_sources import fingerprint
from local_system.state import DOWNLOADS

LOOK_EVERY_SECONDS = 0.05
DUMP_SECONDS = 240
_FOR_PSQL_ALONE = ("\\restrict ", "\\unrestrict ")


async def schema_records(server_url: str, downloads: Path = DOWNLOADS) -> Mapping[str, Path]:
    """Return each service's record; makes all of them first if they are missing or outdated.

    The superuser of an embedded server makes them in temporary databases.
    """
    folder = downloads / f"schemas-{fingerprint()}"
    if not _exists(folder):
        async with _alone(downloads / "schemas.lock"):
            if not _exists(folder):
                await _make(server_url, folder)
    return {service: folder / f"{service}.sql" for service in SERVICES}


async def read_record(record: Path, database_url: str) -> None:
    """Load the schema into an empty database, whole or not at all, owned by the connecting role."""
    statements = await asyncio.to_thread(record.read_text)
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(statements)  # sent as one message, which is one transaction
    finally:
        await connection.close()


async def _make(server_url: str, folder: Path) -> None:
    """Make all records in another folder and rename it, so that it appears only when complete."""
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    addresses = {s: address(server_url, f"schema_of_{database_name(s)}") for s in SERVICES}
    server = await asyncpg.connect(server_url)
    try:
        await _drop(server, addresses)
        for url in addresses.values():
            await server.execute(f'CREATE DATABASE "{_database(url)}"')
        by_package = {database_name(service): url for service, url in addresses.items()}
        await migrate(by_package, folder.with_name("schemas.log"))
        for service, url in addresses.items():
            (fresh / f"{service}.sql").write_text(await dumped(url))
        await _drop(server, addresses)
    finally:
        await server.close()
    fresh.rename(folder)


async def _drop(server: asyncpg.Connection, addresses: Mapping[str, str]) -> None:
    for url in addresses.values():
        await server.execute(f'DROP DATABASE IF EXISTS "{_database(url)}" WITH (FORCE)')


async def dumped(database_url: str) -> str:
    """Everything in a database as SQL; whoever runs the SQL owns the result."""
    parts = urlsplit(database_url)
    without_password = urlunsplit(
        parts._replace(netloc=f"{parts.username}@{parts.netloc.rpartition('@')[2]}")
    )
    process = await asyncio.create_subprocess_exec(
        *(str(binary("pg_dump")), "--no-owner", "--inserts", without_password),
        env=os.environ | {"PGPASSWORD": unquote(parts.password or "")},  # out of process lists
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(DUMP_SECONDS):
            text, complaint = await process.communicate()
    except BaseException:
        process.kill()
        await process.wait()
        raise
    if process.returncode != 0:
        raise CannotStartError(f"A schema could not be recorded: {complaint.decode().strip()}")
    lines = text.decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_FOR_PSQL_ALONE))


def _database(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _exists(folder: Path) -> bool:
    return folder.exists()


@asynccontextmanager
async def _alone(file: Path) -> AsyncIterator[None]:
    """Hold a lock between processes; waiting for it can be cancelled."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        while not _taken(lock.fileno()):  # noqa: ASYNC110 - the other process sets no event
            await asyncio.sleep(LOOK_EVERY_SECONDS)
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

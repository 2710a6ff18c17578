"""A whole running system whose one service's database goes back: backups, commands, comparisons."""

import asyncio
import re
import secrets
import shlex
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

import asyncpg

from certification.consumed import handlers as certification_handlers
from doj_gateway.consumed import handlers as doj_gateway_handlers
from doj_gateway.domain.owed_scores import Forwarding
from faults.checker import reading
from faults.conftest import RunningSystem
from faults.waiting import until
from local_system.credentials import SERVICES
from local_system.databases import address, database_name
from local_system.launch import database_of
from local_system.program import inherited_environment
from local_system.readiness import reasons_of
from scoring.consumed import handlers as scoring_handlers
from shared.law.in_force import load_law
from shared.messaging.wire.envelope import service_of
from supervision.consumed import handlers as supervision_handlers

DESK_SECONDS = 400.0
_CAUSE = re.compile(r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.MULTILINE)

_APPLIED = "SELECT topic, sequence, event_id FROM applied_events WHERE consumer = $1"
_LOGGED = "SELECT sequence, event_id FROM event_log"
_KNOWN = """
    SELECT id FROM known_duties
    UNION ALL SELECT id FROM timeline_entries WHERE kind NOT LIKE 'supervision.%'
"""
_TOLD = """
    SELECT event_id AS id FROM event_log
    UNION ALL
    SELECT subject_id FROM event_log WHERE subject_kind = 'duty'
"""


class Restorable:
    """One service of a running system, and its database as it was."""

    def __init__(self, running: RunningSystem, service: str) -> None:
        self.running = running
        self.service = service
        self._of = database_name(service)
        self._backup = f"backup_{secrets.token_hex(6)}"

    async def back_up(self) -> None:
        """Copy the database; whoever is connected comes back by itself."""
        await self._alone(
            f'CREATE DATABASE "{self._backup}" TEMPLATE "{self._of}" OWNER "{self._of}"'
            " STRATEGY file_copy"
        )
        await self._until_all_are_well()

    async def restore(self) -> None:
        """Put the copy in the database's place."""
        await self._alone(
            f'ALTER DATABASE "{self._of}" RENAME TO "{self._backup}_lost"',
            f'ALTER DATABASE "{self._backup}" RENAME TO "{self._of}"',
            f'DROP DATABASE "{self._backup}_lost" WITH (FORCE)',
        )

    async def drop(self) -> None:
        """Leave no copy behind."""
        await self._execute(f'DROP DATABASE IF EXISTS "{self._backup}"')

    async def until_refused(self, seconds: float) -> None:
        """Wait until the publisher has seen that its log went back."""
        ask = reasons_of(f"{self.running.system.url(f'{self.service} worker')}/health/ready")

        async def is_refused() -> bool:
            return "refuses to publish" in await ask()

        await until(is_refused, seconds)

    async def _until_all_are_well(self) -> None:
        names = [f"{self.service} api", f"{self.service} worker"]
        await self.running.launch.supervisor.wait_ready(names, 60)

    async def _alone(self, *statements: str) -> None:
        """Do what needs the database for itself, and let everybody in again."""
        activity = f"FROM pg_stat_activity WHERE datname = '{self._of}'"
        await self._execute(
            f'ALTER DATABASE "{self._of}" ALLOW_CONNECTIONS false',
            f"SELECT pg_terminate_backend(pid, 10000) {activity}",
            *statements,
        )
        await self._execute(f'ALTER DATABASE "{self._of}" ALLOW_CONNECTIONS true')

    async def _execute(self, *statements: str) -> None:
        server = self.running.system.database_server
        connection = await asyncpg.connect(address(server, "postgres"))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


async def operate(
    running: RunningSystem, package: str, *words: str, codes: Collection[int] = (0,)
) -> str:
    """Give an operator's command to a service; return what it said."""
    service = package.replace("_", "-")
    system = running.system
    settings = system.places.service(service, database_of(system, service))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", package, *words),
        env=inherited_environment() | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode in codes, said.decode()
    return said.decode()


async def decide_every_cause(running: RunningSystem, package: str, words: str) -> None:
    """Give a command for each cause on a service's desk until it has read all and none is left."""
    said: dict[str, object] = {}

    async def is_decided() -> bool:
        said["unread"] = await _unread(running, package.replace("_", "-"))
        said["desk"] = desk = await operate(running, package, "desk", "causes")
        for cause in _CAUSE.findall(desk):
            # Refused where what is set aside has been tried again since, and is so for another.
            command = shlex.split(words.replace("CAUSE", cause))
            said[cause] = await operate(running, package, *command, codes=(0, 1))
        return not said["unread"] and not _CAUSE.search(desk)

    try:
        await until(is_decided, DESK_SECONDS)
    except AssertionError as error:
        raise AssertionError(str(said)) from error


async def _unread(running: RunningSystem, service: str) -> dict[str, object]:
    """Say what a service has not read yet, by topic."""
    unread: dict[str, object] = {}
    for row in await _rows(running, service, "SELECT DISTINCT topic FROM consumer_progress"):
        async with (
            _database(running, service) as reader,
            _database(running, service_of(row["topic"])) as writer,
        ):
            if left := await reading.left_to_consume(reader, writer, row["topic"]):
                unread[row["topic"]] = left
    return unread


async def applied_in_no_log(running: RunningSystem) -> list[str]:
    """Name what any service has applied that the log of its topic does not have."""
    found = []
    for reader in SERVICES:
        for row in await _rows(running, reader, _APPLIED, reader):
            logged = await _rows(running, service_of(row["topic"]), _LOGGED)
            if (row["sequence"], row["event_id"]) not in {tuple(each) for each in logged}:
                found.append(f"{reader}: {row['topic']} {row['sequence']}")
    return found


async def known_in_no_log(running: RunningSystem) -> list[str]:
    """Name the duties and timeline entries of supervision that no log tells of."""
    told = set()
    for service in SERVICES:
        told |= {row["id"] for row in await _rows(running, service, _TOLD)}
    known = [row["id"] for row in await _rows(running, "supervision", _KNOWN)]
    return [str(each) for each in known if each not in told]


def readers_by_topic() -> dict[str, set[str]]:
    """Return who reads which topic, as the services' handlers have it."""
    readers: dict[str, set[str]] = defaultdict(set)
    handlers = {
        "certification": certification_handlers(),
        "supervision": supervision_handlers(),
        "scoring": scoring_handlers(),
        "doj_gateway": doj_gateway_handlers(load_law("standards-2012"), Forwarding.AT_ONCE),
    }
    for package, each in handlers.items():
        for topic in each.topics:
            readers[topic].add(package)
    return readers


async def _rows(
    running: RunningSystem, service: str, query: str, *arguments: object
) -> list[asyncpg.Record]:
    async with _database(running, service) as connection:
        rows: list[asyncpg.Record] = await connection.fetch(query, *arguments)
    return rows


@asynccontextmanager
async def _database(running: RunningSystem, service: str) -> AsyncIterator[asyncpg.Connection]:
    name = database_name(service)
    connection = await asyncpg.connect(address(running.system.database_server, name))
    try:
        yield connection
    finally:
        await connection.close()

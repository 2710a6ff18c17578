"""Checks before a system starts; each finding is one line with what to do."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress

import psutil

from local_system.credentials import SERVICES
from local_system.errors import CannotStartError
from local_system.java import java
from local_system.own_servers import kafka_findings, postgres_findings
from local_system.ports import Ports, is_free
from local_system.postgres import binary
from local_system.state import StateFolder
from local_system.system import System

NEEDED_BYTES = 1_000_000_000
MEGABYTE = 1_000_000


def findings(system: System) -> Iterator[str]:
    """Everything that prevents a system from starting here."""
    yield from _disk(system.state)
    yield from _ports(system.ports)
    if system.own_broker is None:
        yield from _refusal_of(java)
    if system.own_database_server is None:
        yield from _refusal_of(lambda: binary("postgres"))


async def all_findings(system: System) -> AsyncIterator[str]:
    """The same, plus the findings about your own servers."""
    for finding in findings(system):
        yield finding
    if system.own_database_server is not None:
        async for finding in postgres_findings(system.own_database_server, SERVICES):
            yield finding
    if system.own_broker is not None:
        async for finding in kafka_findings(system.own_broker):
            yield finding


def _refusal_of(need: Callable[[], object]) -> Iterator[str]:
    try:
        need()
    except CannotStartError as error:
        yield str(error)


def _disk(state: StateFolder) -> Iterator[str]:
    place = state.folder
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if free < NEEDED_BYTES:
        yield (
            f"The disk is full: {free // MEGABYTE} MB are free at {place} and "
            f"{NEEDED_BYTES // MEGABYTE} MB are required; free some space, or set STATE to a "
            "folder on another disk."
        )


def _ports(ports: Ports) -> Iterator[str]:
    for process, port in ports.by_process().items():
        if not is_free(port):
            yield (
                f"Port {port} ({process}) is in use{_by_whom(port)}: stop that program, or "
                f"choose other ports with `make run PORT_BASE={ports.offset_from + 1000}`."
            )


def _by_whom(port: int) -> str:
    with suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            if connection.status != psutil.CONN_LISTEN or not connection.laddr:
                continue
            if connection.laddr.port == port and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    return ""

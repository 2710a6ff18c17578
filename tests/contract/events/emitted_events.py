"""Holds what services announced against the catalog: every event that a test left in a database.

Databases are looked through before they are dropped, systems before they are stopped. An event of
an unknown type, or off its schema, fails whoever emitted it. Tests of the machinery speak a few
types of their own and say so:

    @known_in_tests
    class ThingHappened(Event): ...
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar

import asyncpg
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from contract.events.json_formats import FORMATS
from local_system.credentials import SERVICES
from local_system.databases import address, database_name
from local_system.system import System
from shared.events.event import Event
from shared.events.schemas import Schema, present_schemas, schema_file, schema_of

EventT = TypeVar("EventT", bound=Event)

LOOK_SECONDS = 120
_SPOKEN_BY_TESTS: dict[tuple[str, int], dict[str, Validator]] = {}
_TABLES = ("outbox", "event_log")
_COLUMNS = "type, schema_version, subject_kind, subject_id, data"


class Emitted(NamedTuple):
    """One event as a service wrote it down."""

    type: str
    schema_version: int
    subject_kind: str
    subject_id: object
    data: bytes


def known_in_tests(kind: type[EventT]) -> type[EventT]:
    """Declare an event type that tests publish, under names of services that do not exist.

    Several classes may share a type: its events then have the shape of any of them.
    """
    key = (kind.noun_verb, kind.schema_version)
    name = f"{kind.__module__}.{kind.__qualname__}"
    _SPOKEN_BY_TESTS.setdefault(key, {})[name] = _strict(schema_of(kind, "of a test"))
    return kind


def faults_of(event: Emitted) -> list[str]:
    """Say what keeps an event out of the catalog; nothing of what it holds."""
    validators = _validators_of(event.type, event.schema_version)
    if not validators:
        return [f"{event.type}:{event.schema_version} is not in the catalog"]
    found = [_faults(event, json.loads(event.data), validator) for validator in validators]
    return min(found, key=len)


def _faults(event: Emitted, data: dict[str, Any], validator: Validator) -> list[str]:
    found = [
        f"{event.type}: {'.'.join(map(str, fault.path)) or 'data'} breaks `{fault.validator}`"
        for fault in validator.iter_errors(data)
    ]
    kind = validator.schema["x-subject-kind"]  # type: ignore[index] # our schemas are objects
    if event.subject_kind != kind:
        found.append(f"{event.type}: its subject is no {kind}")
    elif data.get(f"{kind.replace('-', '_')}_id") != str(event.subject_id):
        found.append(f"{event.type}: its subject is not the {kind} that its data names")
    return found


async def check_connection(connection: asyncpg.Connection) -> None:
    """Fail if a database holds an event that the catalog does not know."""
    faults: Counter[str] = Counter()
    for table in _TABLES:
        if await connection.fetchval("SELECT to_regclass($1)", table) is not None:
            rows = await connection.fetch(f"SELECT {_COLUMNS} FROM {table}")  # noqa: S608 - our own names
            faults.update(fault for row in rows for fault in faults_of(Emitted(*row)))
    assert not faults, "\n".join(f"{fault} ({n} times)" for fault, n in faults.items())


async def check_database(database_url: str) -> None:
    """Fail if the database holds an event that the catalog does not know."""
    connection = await asyncpg.connect(database_url, timeout=LOOK_SECONDS)
    try:
        await connection.execute(f"SET statement_timeout = '{LOOK_SECONDS}s'")
        await check_connection(connection)
    finally:
        await connection.close()


async def check_system(system: System) -> None:
    """Fail if a service of a running system has emitted what the catalog does not know."""
    for service in SERVICES:
        await check_database(address(system.database_server, database_name(service)))


def _validators_of(event_type: str, schema_version: int) -> Collection[Validator]:
    service, _, noun_verb = event_type.partition(".")
    if service not in SERVICES:
        return _SPOKEN_BY_TESTS.get((noun_verb, schema_version), {}).values()
    found = _cataloged().get(schema_file(event_type, schema_version))
    return () if found is None else (found,)


@cache
def _cataloged() -> Mapping[str, Validator]:
    return {file: _strict(schema) for file, schema in present_schemas().items()}


def _strict(schema: Schema) -> Validator:
    """A closed validator: a reader ignores what it does not know, a writer may not add it."""
    closed: dict[str, Any] = {**schema, "additionalProperties": False}
    return Draft202012Validator(closed, format_checker=FORMATS)

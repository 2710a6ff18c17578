"""Brings the databases of a local system to the schema that today's code needs."""

import asyncio
from collections.abc import Mapping
from enum import Enum, auto
from pathlib import Path

import asyncpg

from local_system.databases import database_name
from local_system.migrating import migrate
from local_system.schema_records import read_record, schema_records
from local_system.schema_sources import kernel_migrations, migrations_of, newest_revision

_IS_EMPTY = """
    SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)
"""
_ARE_VERSIONED = """
    SELECT to_regclass('public.alembic_version') IS NOT NULL
       AND to_regclass('public.kernel_version') IS NOT NULL
"""
_REVISION = "SELECT version_num FROM public."


class Schema(Enum):
    """The state of a service's database schema."""

    EMPTY = auto()
    CURRENT = auto()
    OTHER = auto()
    """Older than the code, or in a state that only the migrations can handle."""


async def bring_schemas(
    databases: Mapping[str, str], log_file: Path, embedded_server: str | None
) -> None:
    """Bring each service's database up to date, from its record or by its migrations.

    Records are used only on the embedded server, where the address is the superuser's; on the
    user's own server the migrations run.
    """
    states = await asyncio.gather(*(_state(s, url) for s, url in databases.items()))
    found = dict(zip(databases, states, strict=True))
    empty = [service for service, state in found.items() if state is Schema.EMPTY]
    if empty and embedded_server is not None:
        records = await schema_records(embedded_server)
        await asyncio.gather(*(read_record(records[s], databases[s]) for s in empty))
    else:
        empty = []
    behind = [s for s, state in found.items() if state is not Schema.CURRENT and s not in empty]
    if behind:
        await migrate({database_name(s): databases[s] for s in behind}, log_file)


async def _state(service: str, database_url: str) -> Schema:
    connection = await asyncpg.connect(database_url)
    try:
        if await connection.fetchval(_IS_EMPTY):
            return Schema.EMPTY
        if not await connection.fetchval(_ARE_VERSIONED):
            return Schema.OTHER
        kernel = await connection.fetchval(f"{_REVISION}kernel_version")
        own = await connection.fetchval(f"{_REVISION}alembic_version")
        folders = (kernel_migrations(), migrations_of(service))
        is_current = (kernel, own) == tuple(map(newest_revision, folders))
        return Schema.CURRENT if is_current else Schema.OTHER
    finally:
        await connection.close()

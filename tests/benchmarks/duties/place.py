"""A migrated database of one service, full of duties, for one run."""

import contextlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass

import asyncpg
from pydantic import SecretStr

from benchmarks.duties.seed import NOW
from local_system.databases import address
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.law.in_force import Law, load_law
from shared.process.settings import DatabaseSettings
from shared.security.principals import process_actor
from shared.testing.clocks import FixedClock
from shared.testing.kernel_schema import kernel_schema

CAUSE = Cause(process_actor("bench"), new_id())
STATEMENT_MS = 600_000


@dataclass(frozen=True)
class Place:
    """What a measurement works with; `bare` is a connection without anything of ours."""

    database: Database
    bare: asyncpg.Connection
    law: Law


@contextlib.asynccontextmanager
async def new_place(postgres: str) -> AsyncIterator[Place]:
    """Make a database with the kernel's tables, whose clock stands at NOW."""
    name = f"bench_{secrets.token_hex(5)}"
    server = await asyncpg.connect(postgres)
    await server.execute(f'CREATE DATABASE "{name}"')
    url = address(postgres, name)
    bare = await asyncpg.connect(url, command_timeout=STATEMENT_MS / 1000)
    await bare.execute(kernel_schema())
    engine = create_engine(DatabaseSettings(database_url=SecretStr(url)), "bench")
    try:
        database = Database(engine, FixedClock(NOW), "doj-gateway")
        yield Place(database, bare, load_law("standards-2012"))
    finally:
        await engine.dispose()
        await bare.close()
        await server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await server.close()

"""Checks whether a system can use servers of your own; each finding contains what to do."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from urllib.parse import urlsplit

import asyncpg

from local_system.databases import database_name

OLDEST_POSTGRES = 170_000
PATIENCE_SECONDS = 5.0

_LACKING = """
    SELECT array_remove(ARRAY[
        CASE WHEN NOT (rolsuper OR rolcreaterole) THEN 'CREATEROLE' END,
        CASE WHEN NOT (rolsuper OR rolcreatedb) THEN 'CREATEDB' END], NULL)
    FROM pg_roles WHERE rolname = current_user
"""
_FOREIGN_ROLES = """
    SELECT role.rolname FROM pg_roles AS role
    WHERE role.rolname = ANY($1::text[]) AND role.rolname <> current_user
      AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
      AND NOT EXISTS (SELECT FROM pg_auth_members AS membership
                      JOIN pg_roles AS member ON member.oid = membership.member
                      WHERE membership.roleid = role.oid AND membership.admin_option
                        AND member.rolname = current_user)
    ORDER BY role.rolname
"""


async def postgres_findings(url: str, services: Iterable[str]) -> AsyncIterator[str]:
    """Check the PostgreSQL server that DATABASE_URL names."""
    place = urlsplit(url).netloc.rpartition("@")[2]
    try:
        connection = await asyncpg.connect(url, timeout=PATIENCE_SECONDS)
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        yield (
            f"DATABASE_URL: PostgreSQL at {place} does not accept connections"
            f" ({type(error).__name__}): start it, or correct the address, user and password."
        )
        return
    try:
        async for finding in _rights(connection, place, services):
            yield finding
    finally:
        await connection.close(timeout=PATIENCE_SECONDS)


async def _rights(
    connection: asyncpg.Connection, place: str, services: Iterable[str]
) -> AsyncIterator[str]:
    version = int(await connection.fetchval("SHOW server_version_num"))
    if version < OLDEST_POSTGRES:
        found = version // 10_000
        yield f"DATABASE_URL: PostgreSQL at {place} is version {found}, but 17 is required."
    for lacking in await connection.fetchval(_LACKING):
        yield f"DATABASE_URL: its role lacks {lacking}: an administrator adds it with ALTER ROLE."
    names = [database_name(service) for service in services]
    for row in await connection.fetch(_FOREIGN_ROLES, names):
        yield (
            f"DATABASE_URL: the role {row['rolname']} already exists there and belongs to somebody"
            " else: connect as a superuser, or use a server without this role."
        )


async def kafka_findings(bootstrap: str) -> AsyncIterator[str]:
    """Check that a broker in KAFKA_BOOTSTRAP_SERVERS accepts connections."""
    brokers = [broker.strip() for broker in bootstrap.split(",")]
    answers = await asyncio.gather(*(_accepts(broker) for broker in brokers))
    if not any(answers):
        yield (
            f"KAFKA_BOOTSTRAP_SERVERS: no broker accepts connections at {', '.join(brokers)}: "
            "start one, or correct the address (host:port, separated by commas)."
        )


async def _accepts(broker: str) -> bool:
    host, _, port = broker.rpartition(":")
    if not host or not port.isdecimal():
        return False
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            _, writer = await asyncio.open_connection(host.strip("[]"), int(port))
    except (OSError, OverflowError):
        return False
    writer.close()
    return True

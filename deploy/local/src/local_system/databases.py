"""The four databases on one server, each owned by its own role."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg


def database_name(service: str) -> str:
    """The service's name with underscores, as SQL requires."""
    return service.replace("-", "_")


def address(server_url: str, database: str, user: str | None = None, password: str = "") -> str:
    """The address of one database on the server, for another user if one is given."""
    parts = urlsplit(server_url)
    place = parts.netloc
    if user is not None:
        place = f"{quote(user)}:{quote(password)}@{place.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=place, path=f"/{database}"))


async def create_service_databases(server_url: str, passwords: Mapping[str, str]) -> None:
    """Create what is missing: a role and a database per service, with the state's passwords."""
    connection = await asyncpg.connect(server_url)
    try:
        for service, password in passwords.items():
            await _create(connection, database_name(service), password)
    finally:
        await connection.close()


async def _create(connection: asyncpg.Connection, name: str, password: str) -> None:
    exists = await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", name)
    verb = "ALTER" if exists else "CREATE"
    secret = password.replace("'", "''")
    await connection.execute(f"{verb} ROLE \"{name}\" LOGIN PASSWORD '{secret}'")
    exists = await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name)
    if not exists:
        await connection.execute(f'GRANT "{name}" TO CURRENT_USER')
        await connection.execute(f'CREATE DATABASE "{name}" OWNER "{name}"')
        await connection.execute(f'REVOKE CONNECT ON DATABASE "{name}" FROM PUBLIC')

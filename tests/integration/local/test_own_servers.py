"""Servers of one's own are asked before anything starts; what they lack is said with its cure."""

import secrets

import asyncpg
import pytest

from local_system.databases import address, create_service_databases
from local_system.own_servers import kafka_findings, postgres_findings
from local_system.ports import HOST, free_port


@pytest.fixture
async def role(postgres: str) -> str:
    """A role that may do nothing but connect."""
    name = f"plain_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(postgres)
    await connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'plain'")
    await connection.close()
    return name


async def _execute(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    await connection.execute(statement)
    await connection.close()


async def _found(server: str, service: str = "unheard-of") -> list[str]:
    return [finding async for finding in postgres_findings(server, [service])]


async def test_a_server_with_all_rights_has_nothing_said_of_it(postgres: str) -> None:
    assert await _found(postgres) == []


async def test_a_role_without_the_rights_is_told_which(postgres: str, role: str) -> None:
    found = await _found(address(postgres, "postgres", role, "plain"))

    assert [line.split(":")[1] for line in found] == [
        " its role lacks CREATEROLE",
        " its role lacks CREATEDB",
    ]


async def test_a_role_that_somebody_else_made_is_named(postgres: str, role: str) -> None:
    await _execute(postgres, f"ALTER ROLE {role} CREATEROLE CREATEDB")
    foreign = f"service_{secrets.token_hex(4)}"
    await _execute(postgres, f"CREATE ROLE {foreign}")

    found = await _found(address(postgres, "postgres", role, "plain"), foreign)

    assert len(found) == 1
    assert f"the role {foreign} already exists there and belongs to somebody else" in found[0]


async def test_roles_that_it_made_itself_are_its_own(postgres: str, role: str) -> None:
    await _execute(postgres, f"ALTER ROLE {role} CREATEROLE CREATEDB")
    server = address(postgres, "postgres", role, "plain")
    service = f"service-{secrets.token_hex(4)}"
    await create_service_databases(server, {service: "secret"})

    assert await _found(server, service) == []


async def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    place = f"{HOST}:{free_port()}"

    found = await _found(f"postgresql://me:secret-word@{place}/postgres")

    assert len(found) == 1
    assert found[0].startswith(f"DATABASE_URL: PostgreSQL at {place} does not accept connections")
    assert "secret-word" not in found[0]


async def test_one_broker_of_several_is_enough_and_none_is_said(kafka: str) -> None:
    silent = f"{HOST}:{free_port()}"

    assert [finding async for finding in kafka_findings(f"{silent}, {kafka}")] == []
    found = [finding async for finding in kafka_findings(f"{silent},nonsense")]
    assert len(found) == 1
    assert f"no broker accepts connections at {silent}, nonsense" in found[0]

"""Each service has a database that no other service's role can open."""

import secrets

import asyncpg
import pytest

from local_system.databases import address, create_service_databases


@pytest.fixture
async def limited(postgres: str) -> str:
    """A server as an administrator hands it out: may make roles and databases, no more."""
    role = f"limited_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(postgres)
    await connection.execute(f"CREATE ROLE {role} LOGIN CREATEDB CREATEROLE PASSWORD 'limited'")
    await connection.close()
    return address(postgres, "postgres", role, "limited")


async def test_a_role_without_superuser_rights_is_enough_and_a_second_time_changes_nothing(
    limited: str,
) -> None:
    service = f"service-{secrets.token_hex(4)}"
    name = service.replace("-", "_")
    await create_service_databases(limited, {service: "first"})

    await create_service_databases(limited, {service: "it's second"})

    own = await asyncpg.connect(address(limited, name, name, "it's second"))
    assert await own.execute("CREATE TABLE mine (id int)") == "CREATE TABLE"
    await own.close()


async def test_one_services_role_cannot_open_the_database_of_another(postgres: str) -> None:
    first, second = (f"service_{secrets.token_hex(4)}" for _ in range(2))
    await create_service_databases(postgres, {first: "one", second: "two"})

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(address(postgres, second, first, "one"))

"""What the migrations make is what the code expects, to the last constraint."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import create_async_engine

from shared.database.engine import driver_url
from shared.schema.migration import configuration
from shared.schema.schema_check import KERNEL_MIGRATIONS, SchemaCheck, head_of

SERVICES = ("certification", "supervision", "scoring", "doj-gateway")
LONGEST_REVISION = 32
KERNEL = "kernel"
NO_PART = ("event_log_", "kernel_version")
"""Partitions that a publisher makes, and Alembic's own table: no part of the code's tables."""


@pytest.mark.parametrize("service", SERVICES)
async def test_migrations_make_exactly_the_tables_of_the_code(
    service: str, new_database: Callable[[str | None], str]
) -> None:
    metadata: MetaData = import_module(f"{_package(service)}.storage.tables").METADATA
    engine = create_async_engine(driver_url(new_database(service)))

    async with engine.connect() as connection:
        differences = await connection.run_sync(_differences, metadata)
    await engine.dispose()

    assert differences == []


@pytest.mark.parametrize("service", [*SERVICES, KERNEL])
def test_a_service_and_the_kernel_have_one_head_and_short_revision_ids(service: str) -> None:
    script = ScriptDirectory.from_config(configuration(_migrations(service)))

    assert script.get_heads() == [head_of(_migrations(service))]
    assert all(len(each.revision) <= LONGEST_REVISION for each in script.walk_revisions())


async def test_a_process_knows_whether_the_schema_is_its_own(
    new_database: Callable[[str | None], str],
) -> None:
    empty = create_async_engine(driver_url(new_database(None)))
    migrated = create_async_engine(driver_url(new_database("certification")))

    before = await SchemaCheck(empty, _migrations("certification"))()
    after = await SchemaCheck(migrated, _migrations("certification"))()
    other = await SchemaCheck(migrated, _migrations("supervision"))()
    await empty.dispose()
    await migrated.dispose()

    assert before is not None
    assert "at none" in before
    assert after is None
    assert other is not None
    assert "run migrate" in other


async def test_a_process_knows_that_the_kernel_s_schema_is_not_its_own(
    new_database: Callable[[str | None], str],
) -> None:
    engine = create_async_engine(driver_url(new_database("certification")))
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE kernel_version SET version_num = 'kernel_0001'"))

    reason = await SchemaCheck(engine, _migrations("certification"))()
    await engine.dispose()

    assert reason is not None
    assert reason.startswith("the schema is at kernel_0001, but this version needs kernel_")


def _differences(connection: Connection, metadata: MetaData) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return [each for each in found if not any(table in str(each) for table in NO_PART)]


def _migrations(service: str) -> Path:
    if service == KERNEL:
        return KERNEL_MIGRATIONS
    found: Path = import_module(f"{_package(service)}.service").SERVICE.migrations
    return found


def _package(service: str) -> str:
    return service.replace("-", "_")

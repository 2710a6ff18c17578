"""A database that reads the record of its schema is the one that the migrations would have made."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
from alembic import command
from alembic.script import ScriptDirectory

from local_system.credentials import SERVICES
from local_system.databases import database_name
from local_system.migrating import migrate
from local_system.schema_records import dumped, read_record, schema_records
from local_system.schema_sources import migrations_of, newest_revision, sources_of
from local_system.schemas import bring_schemas
from shared.schema.migration import configuration
from shared.schema.schema_check import KERNEL_MIGRATIONS

OLDER = "0008_scored_once"
"""A revision of scoring's before its last."""


async def _value(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_a_record_makes_what_the_migrations_make(
    postgres: str, new_database: Callable[[str | None], str], tmp_path: Path
) -> None:
    migrated = {service: new_database(None) for service in SERVICES}
    read = {service: new_database(None) for service in SERVICES}
    records = await schema_records(postgres)

    await migrate({database_name(s): url for s, url in migrated.items()}, tmp_path / "log")
    for service, url in read.items():
        await read_record(records[service], url)

    assert {s: await dumped(url) for s, url in read.items()} == {
        s: await dumped(url) for s, url in migrated.items()
    }


async def test_a_record_that_cannot_be_read_to_its_end_leaves_nothing(
    new_database: Callable[[str | None], str], tmp_path: Path
) -> None:
    url = new_database(None)
    cut_short = tmp_path / "record.sql"
    cut_short.write_text("CREATE TABLE first (id int);\nCREATE TABLE second (id in")

    with pytest.raises(asyncpg.PostgresError):
        await read_record(cut_short, url)

    assert await _value(url, "SELECT to_regclass('first')") is None


async def test_an_empty_database_is_at_once_at_the_newest_revision_without_a_migration(
    postgres: str, new_database: Callable[[str | None], str], tmp_path: Path
) -> None:
    url = new_database(None)

    await bring_schemas({"scoring": url}, tmp_path / "log", embedded_server=postgres)

    assert await _value(url, "SELECT version_num FROM alembic_version") == newest_revision(
        migrations_of("scoring")
    )
    assert not (tmp_path / "log").exists()


async def test_an_older_database_is_migrated_with_its_data(
    postgres: str, new_database: Callable[[str | None], str], tmp_path: Path
) -> None:
    url = new_database(None)
    for folder, revision in ((KERNEL_MIGRATIONS, "head"), (migrations_of("scoring"), OLDER)):
        await asyncio.to_thread(command.upgrade, configuration(folder, url), revision)
    await _value(url, "CREATE TABLE kept AS SELECT 42 AS answer")

    await bring_schemas({"scoring": url}, tmp_path / "log", embedded_server=postgres)

    assert await _value(url, "SELECT version_num FROM alembic_version") == newest_revision(
        migrations_of("scoring")
    )
    assert await _value(url, "SELECT answer FROM kept") == 42


async def test_a_database_with_something_in_it_reads_no_record(
    postgres: str, new_database: Callable[[str | None], str], tmp_path: Path
) -> None:
    url = new_database(None)
    await _value(url, "CREATE TABLE kept AS SELECT 42 AS answer")

    await bring_schemas({"scoring": url}, tmp_path / "log", embedded_server=postgres)

    assert "kernel_0001" in (tmp_path / "log").read_text()
    assert await _value(url, "SELECT answer FROM kept") == 42


async def test_a_current_database_is_left_alone(
    postgres: str, new_database: Callable[[str | None], str], tmp_path: Path
) -> None:
    url = new_database("scoring")

    await bring_schemas({"scoring": url}, tmp_path / "log", embedded_server=postgres)

    assert not (tmp_path / "log").exists()


async def test_on_a_server_of_ones_own_the_migrations_run(
    new_database: Callable[[str | None], str], tmp_path: Path
) -> None:
    url = new_database(None)

    await bring_schemas({"scoring": url}, tmp_path / "log", embedded_server=None)

    assert await _value(url, "SELECT version_num FROM alembic_version") == newest_revision(
        migrations_of("scoring")
    )
    assert "kernel_0001" in (tmp_path / "log").read_text()


@pytest.mark.parametrize("service", SERVICES)
def test_the_newest_revision_is_the_one_that_alembic_would_migrate_to(service: str) -> None:
    script = ScriptDirectory.from_config(configuration(migrations_of(service)))

    assert newest_revision(migrations_of(service)) == script.get_current_head()


def test_what_decides_a_schema_is_its_migrations_and_the_code_and_sql_they_use() -> None:
    names = {file.name for file in sources_of("certification")}

    assert {
        "env.py",
        "0002_certification.py",
        "0024_agreements_never_stood.py",
        "kernel_0007_foreign.py",
        "kernel_revisions.py",
        "kernel_0001.sql",
        "kernel_0007_foreign.sql",
        "folded_names.py",
    } <= names

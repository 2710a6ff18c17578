"""A database in which the service ran the kernel's migrations among its own is upgraded."""

import asyncio
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from shared.database.engine import driver_url
from shared.schema.former_revisions import UnknownRevisionError, tell_kernel_revision
from shared.schema.migration import migrate

Revisions = tuple[str | None, str | None]

AS_BEFORE = """
    DROP TABLE kernel_version;
    UPDATE alembic_version SET version_num = '0012_foreign_records';
    CREATE TABLE kept AS SELECT 42 AS answer;
"""


def _migrations(package: str) -> Path:
    found: Path = import_module(f"{package}.service").SERVICE.migrations
    return found


async def _revisions(url: str) -> Revisions:
    connection = await asyncpg.connect(url)
    try:
        kernel = await connection.fetchval("SELECT version_num FROM kernel_version")
        return kernel, await connection.fetchval("SELECT version_num FROM alembic_version")
    finally:
        await connection.close()


async def _execute(url: str, script: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(script)
    await connection.close()


@pytest.mark.parametrize(
    ("package", "stood", "stands"),
    [
        ("supervision", "0012_foreign_records", ("kernel_0007_foreign", "0011_person_corrections")),
        ("supervision", "0009_program_providers", ("kernel_0005_log", "0009_program_providers")),
        ("supervision", "0006_work_items", ("kernel_0004", "0006_work_items")),
        ("supervision", "0001_kernel", ("kernel_0001", None)),
        (
            "certification",
            "0024_agreements_never_stood",
            ("kernel_0006_kept_answers", "0024_agreements_never_stood"),
        ),
        ("certification", "0003_items_sent_back", ("kernel_0001", "0003_items_sent_back")),
        ("scoring", "0011_foreign_records", ("kernel_0007_foreign", "0009_program_providers")),
        ("doj_gateway", "0005_work_items", ("kernel_0004", "0002_doj_gateway")),
    ],
)
async def test_where_it_stood_is_told_for_the_kernel_and_the_service_apart(
    package: str, stood: str, stands: Revisions, new_database: Callable[[str | None], str]
) -> None:
    url = new_database(None)
    await _execute(
        url,
        f"CREATE TABLE alembic_version AS SELECT '{stood}'::varchar AS version_num",
    )

    def tell(connection: Connection) -> None:
        tell_kernel_revision(connection, _migrations(package))

    engine = create_async_engine(driver_url(url))
    async with engine.begin() as connection:
        await connection.run_sync(tell)
    await engine.dispose()

    assert await _revisions(url) == stands


@pytest.mark.parametrize(
    "stood",
    ["0012_log_that_went_back", "0026_to_come", "5f2c7e0a91b3"],
    ids=["another service's", "newer", "none"],
)
async def test_a_revision_of_no_former_build_of_the_service_is_left_alone_and_refused(
    stood: str, new_database: Callable[[str | None], str]
) -> None:
    url = new_database("supervision")
    await _execute(url, AS_BEFORE.replace("0012_foreign_records", stood))

    with pytest.raises(UnknownRevisionError, match="Check that it is the database of supervision"):
        await asyncio.to_thread(migrate, _migrations("supervision"), url)

    connection = await asyncpg.connect(url)
    assert await connection.fetchval("SELECT version_num FROM alembic_version") == stood
    assert await connection.fetchval("SELECT to_regclass('kernel_version')") is None
    await connection.close()


async def test_the_database_of_another_service_is_refused_by_name(
    new_database: Callable[[str | None], str],
) -> None:
    url = new_database("certification")
    before = await _revisions(url)

    with pytest.raises(UnknownRevisionError, match="Check that it is the database of supervision"):
        await asyncio.to_thread(migrate, _migrations("supervision"), url)

    assert await _revisions(url) == before


async def test_it_is_brought_to_the_newest_revisions_with_its_data(
    new_database: Callable[[str | None], str],
) -> None:
    url = new_database("supervision")
    newest = await _revisions(url)
    await _execute(url, AS_BEFORE)

    await asyncio.to_thread(migrate, _migrations("supervision"), url)

    assert await _revisions(url) == newest
    connection = await asyncpg.connect(url)
    assert await connection.fetchval("SELECT answer FROM kept") == 42
    await connection.close()

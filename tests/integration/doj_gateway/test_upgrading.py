"""What an earlier version kept is still read after the upgrade."""

import asyncio
import json
from collections.abc import Callable
from uuid import UUID

import asyncpg
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from doj_gateway.domain.said_notices import SaidNotice
from doj_gateway.service import SERVICE
from doj_gateway.storage import notice_versions, notices
from integration.doj_gateway.gateway_world import World
from shared.database.database import Database
from shared.database.engine import driver_url
from shared.schema.migration import configuration
from shared.security.personal_fields import PersonalFields

NOTICE, SUBMISSION = UUID(int=1), UUID(int=2)
KEPT_NOTICE = """
    INSERT INTO notices (id, doj_notice_id, instrument, assessed_on, seen_at, identifiers_sealed,
        content_index, state, received_at, correlation_id, tries, next_step_at, claim_term)
    VALUES ($1, 'doj-1', 'ls-cmi', '2026-11-16', '2026-11-20T18:00:00Z', $2, 'x', 'received',
        now(), $1, 0, now(), 0)
"""
KEPT_SUBMISSION = """
    INSERT INTO submissions (id, assessment_id, version, case_id, instrument, assessed_on, agency,
        provider_id, reference, state, due_at, queued_at, correlation_id, accepted_at,
        receipt_number, acknowledged_at, tries, revision, claim_term)
    VALUES ($1, $1, 1, $1, 'sra-fv', '2026-11-16', 'an-agency', $1, 'CASOMB-1', 'acknowledged',
        now(), '2026-11-21T05:00:00Z', $1, now(), 'DOJ-1', now(), 0, 1, 0)
"""


async def migrate(url: str, revision: str) -> None:
    """Bring the database to a revision; alembic runs a loop of its own."""
    await asyncio.to_thread(command.upgrade, configuration(SERVICE.migrations, url), revision)


KEPT_AT_THE_EDGE = """
    INSERT INTO notices (id, doj_notice_id, instrument, assessed_on, seen_at, state, received_at,
        correlation_id, version, near_case_ids, tries, next_step_at, claim_term)
    VALUES ($1, 'doj-1', 'ls-cmi', $2::text::date, $3::text::timestamptz, 'received', now(), $1,
        1, '{}', 0, now(), 0)
"""


async def test_a_notice_kept_with_a_time_at_the_edge_of_the_calendar_has_none_afterwards(
    new_database: Callable[[str | None], str],
) -> None:
    url = new_database(None)
    await migrate(url, "0009_notice_pulls")
    connection = await asyncpg.connect(url)
    await connection.execute(KEPT_AT_THE_EDGE, NOTICE, "0001-01-01", "-infinity")

    await migrate(url, "head")

    row = await connection.fetchrow("SELECT assessed_on, seen_at, state FROM notices")
    await connection.close()
    assert tuple(row or ()) == (None, None, "received")


async def test_notices_and_submissions_of_an_earlier_version_are_read_after_the_upgrade(
    world: World, new_database: Callable[[str | None], str]
) -> None:
    fields, person = PersonalFields(world.settings), {"cii_number": "12345678"}
    sealed = fields.seal(json.dumps(person).encode(), column=notice_versions.COLUMN, row_id=NOTICE)
    url = new_database(None)
    await migrate(url, "0002_doj_gateway")
    earlier = await asyncpg.connect(url)
    await earlier.execute(KEPT_NOTICE, NOTICE, sealed)
    await earlier.execute(KEPT_SUBMISSION, SUBMISSION)
    await earlier.close()

    await migrate(url, "head")

    engine = create_async_engine(driver_url(url))
    async with Database(engine, world.database.clock, SERVICE.name).transaction(
        world.cause()
    ) as tx:
        (version,) = await notice_versions.of_notice(tx, await notices.by_id(tx, NOTICE), fields)
    async with engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT sent_on::text, round FROM submissions")
        assert [tuple(row) for row in found] == [("2026-11-20", 1)]
    await engine.dispose()
    said = SaidNotice("ls-cmi", "2026-11-16", "2026-11-20T18:00:00+00:00", "12345678", None, None)
    assert (version.number, version.said) == (1, said)

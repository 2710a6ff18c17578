"""A migrated database of supervision that knows a million unmet duties, and half as many done."""

import contextlib
import secrets
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import asyncpg

from local_system.databases import address
from local_system.fresh_databases import migrate
from shared.counties import all_counties

AGENCIES, OFFICERS, DUTIES_OF_A_CASE = 60, 2_000, 10
STATEMENT_SECONDS = 600

NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
UNMET_SPAN = (date(2026, 10, 24), 120)
"""First due date, and over how many days they lie: a twelfth is overdue at NOW."""
DONE_SPAN = (date(2024, 1, 2), 1_000)

AGENCIES_SQL = """
INSERT INTO agencies
SELECT gen_random_uuid(), 'agency-' || n, 'Agency', 'probation',
       ($2::text[])[1 + n % cardinality($2::text[])], 1
  FROM generate_series(0, $1::int - 1) n
"""
UNITS_SQL = """
INSERT INTO agency_units
SELECT code, 'unit-' || n, 'Unit' FROM agencies, generate_series(0, 4) n
"""
OFFICERS_SQL = """
INSERT INTO officers
SELECT md5('officer' || n)::uuid, 'Officer', 'agency-' || n % $2::int, 'unit-' || n % 5, 1
  FROM generate_series(0, $1::int - 1) n
"""
PERSONS_SQL = """
INSERT INTO persons (id, recorded_by_agency, cii_index, given_name_sealed, family_name_sealed,
                     birth_date_sealed, cii_number_sealed, recorded_at)
SELECT md5('person' || n)::uuid, 'agency-0', decode(md5(n::text), 'hex'), '', '', '', '', now()
  FROM generate_series(0, $1::int - 1) n
"""
CASES_SQL = """
INSERT INTO cases
SELECT md5('case' || n)::uuid, md5('person' || n)::uuid, 'formal-probation', '', o.agency,
       'probation', o.unit, o.id, '2025-01-01', '2025-01-01', NULL, '2025-01-01', 'Alpine',
       'Alpine', now(), 1
  FROM generate_series(0, $1::int - 1) n
  JOIN officers o ON o.id = md5('officer' || n % $2::int)::uuid
"""
DUTIES_SQL = """
INSERT INTO known_duties
SELECT gen_random_uuid(),
       (ARRAY['supervision', 'scoring', 'doj-gateway'])[1 + n % 3],
       (ARRAY['ls-cmi-seen', 'share-score', 'dynamic-score-to-doj'])[1 + n % 3],
       'in-force', 'assessment', gen_random_uuid(), c.id, c.agency, c.unit,
       CASE WHEN n % 5 = 0 THEN 'provider' ELSE 'officer' END,
       CASE WHEN n % 5 = 0 THEN md5('program' || n % 200)::uuid::text ELSE c.agency END,
       CASE WHEN n % 5 = 0 THEN md5('provider' || n % 900)::uuid ELSE c.officer_id END,
       day.due_on - 30, day.due_on,
       (day.due_on + 1)::timestamp AT TIME ZONE 'America/Los_Angeles',
       $5::text, CASE WHEN $5::text = 'met' THEN day.due_on - (n % 29)::int END, 1
  FROM generate_series(0, $1::bigint - 1) n
  JOIN cases c ON c.id = md5('case' || n % $2::bigint)::uuid,
       LATERAL (SELECT $3::date + abs(hashint8(n) % $4::int) AS due_on) day
"""
"""One in five is owed by a provider and a program, the rest by the officer of the case."""


@contextlib.asynccontextmanager
async def known_duties(postgres: str, count: int) -> AsyncIterator[tuple[str, asyncpg.Connection]]:
    """Make the database; its address, and a connection without anything of ours."""
    name = f"bench_overview_{secrets.token_hex(5)}"
    server = await asyncpg.connect(postgres)
    await server.execute(f'CREATE DATABASE "{name}"')
    url = address(postgres, name)
    migrate("supervision", url)
    bare = await asyncpg.connect(url, command_timeout=STATEMENT_SECONDS)
    try:
        await _fill(bare, count)
        yield url, bare
    finally:
        await bare.close()
        await server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await server.close()


async def _fill(bare: asyncpg.Connection, count: int) -> None:
    cases = max(OFFICERS, count // DUTIES_OF_A_CASE)
    await bare.execute(AGENCIES_SQL, AGENCIES, [county.name for county in all_counties()])
    await bare.execute(UNITS_SQL)
    await bare.execute(OFFICERS_SQL, OFFICERS, AGENCIES)
    await bare.execute(PERSONS_SQL, cases)
    await bare.execute(CASES_SQL, cases, OFFICERS)
    await bare.execute("ANALYZE cases")
    await bare.execute(DUTIES_SQL, count // 2, cases, *DONE_SPAN, "met")
    await bare.execute(DUTIES_SQL, count, cases, *UNMET_SPAN, "open")
    await bare.execute("VACUUM (ANALYZE) known_duties")

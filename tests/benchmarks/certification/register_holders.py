"""A register of 60,000 providers and 20,000 programs, each certified, renewed and to expire."""

import asyncpg

from shared.law.counties import all_counties

PROVIDERS, PROGRAMS = 60_000, 20_000
_FIPS = "(ARRAY[{}])[1 + n % 58]"
_HOLDERS = """
    CREATE TEMP TABLE holders AS
    SELECT n, gen_random_uuid() AS id,
           CASE WHEN n <= $1 THEN 'provider' ELSE 'program' END AS kind,
           CASE WHEN n <= $1 THEN 'PRV-' || lpad(n::text, 6, '0')
                ELSE 'PRG-' || lpad((n - $1)::text, 6, '0') END AS number,
           CASE WHEN n <= $1 THEN 'associate' END AS level,
           date '2024-01-01' + (n % 700)::int AS begins
    FROM generate_series(1, $1::int + $2::int) AS n
"""
_PROGRAMS = """
    INSERT INTO programs (id, name, headquarters_county, served_counties, version)
    SELECT id, 'Program ' || n, {fips}, ARRAY[{served}], 1 FROM holders WHERE kind = 'program'
"""
_CERTIFICATIONS = """
    CREATE TEMP TABLE terms AS
    SELECT holders.*, gen_random_uuid() AS certification_id,
           begins + term * 731 AS effective_from, begins + (term + 1) * 731 AS effective_until
    FROM holders, generate_series(0, 1) AS term
"""
_KEPT = """
    INSERT INTO providers (id, name, version)
    SELECT id, 'Provider ' || n, 1 FROM holders WHERE kind = 'provider';
    INSERT INTO certifications
        (id, kind, holder_id, level, number, effective_from, effective_until, version)
    SELECT certification_id, kind, id, level, number, effective_from, effective_until, 1
    FROM terms;
    INSERT INTO certification_standings (certification_id, holder_id, kind, number, level,
                                         status, effective_from, effective_until)
    SELECT certification_id, id, kind, number, level, 'certified', effective_from, effective_until
    FROM terms
    UNION ALL
    SELECT certification_id, id, kind, number, level, 'expired', effective_until, NULL FROM terms;
    ANALYZE
"""


async def make_register(connection: asyncpg.Connection) -> None:
    """Fill the empty tables."""
    codes = ", ".join(f"'{county.fips}'" for county in all_counties())
    fips = _FIPS.format(codes)
    served = fips.replace("n %", "7 * n %")
    await connection.execute(_HOLDERS.replace("$1", str(PROVIDERS)).replace("$2", str(PROGRAMS)))
    await connection.execute(_PROGRAMS.format(fips=fips, served=served))
    await connection.execute(_CERTIFICATIONS)
    await connection.execute(_KEPT)

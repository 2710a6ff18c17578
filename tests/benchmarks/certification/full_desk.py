"""A desk with far more than the Board has: 50,000 open files, 100,000 closed in five years.

Of the open ones two in five are in line, one in fifty in review, one in twenty-five paused, the
others not complete yet; twenty reviewers have or decided them, and one in ten of the closed ones
had been sent back once. Open files have documents and a status token.
"""

from datetime import datetime

import asyncpg

REVIEWERS = "00000000-0000-4000-8000-"
FILL = (
    """
    CREATE TEMP TABLE desk AS
    SELECT gen_random_uuid() AS id, n, n <= $1 AS is_open,
           CASE WHEN n > $1 THEN 'decided' WHEN n % 50 < 20 THEN 'complete'
                WHEN n % 50 = 20 THEN 'in-review'
                WHEN n % 50 IN (21, 22) THEN 'waiting-on-applicant' ELSE 'submitted' END AS state,
           $3::timestamptz - CASE WHEN n > $1 THEN (n - $1) * interval '1825 days' / $2
                ELSE n % 251 * interval '1 day' + n % 1440 * interval '1 minute' END AS at
    FROM generate_series(1, $1 + $2) AS n
    """,
    """
    INSERT INTO applications (id, kind, holder_id, applicant_id, name, level, served_counties,
        checklist, state, received_on, completed_on, completed_at, found_complete_at, decided_on,
        reviewer_id, status_token_hash, version)
    SELECT id, 'provider', gen_random_uuid(), gen_random_uuid(), 'Somebody', 'independent', '{}',
           'provider-independent-2011', state, (at - n % 120 * interval '1 day')::date,
           CASE WHEN state <> 'submitted'
                THEN (at AT TIME ZONE 'America/Los_Angeles')::date END,
           CASE WHEN state <> 'submitted' THEN at END, CASE WHEN state <> 'submitted' THEN at END,
           CASE WHEN NOT is_open THEN at::date END,
           CASE WHEN state NOT IN ('submitted', 'waiting-on-applicant')
                THEN ('{REVIEWERS}' || lpad((n / 7 % 20)::text, 12, '0'))::uuid END,
           CASE WHEN is_open THEN sha256(('bench-' || lpad(n::text, 37, '0'))::bytea) END, 4
    FROM desk
    """,
    """
    INSERT INTO application_moves (application_id, number, at, move, from_state, to_state, by)
    SELECT id, 2, at, 'complete', 'submitted', 'complete', 'bench' FROM desk
    WHERE state <> 'submitted'
    UNION ALL
    SELECT id, 3, at + interval '1 hour', 'send a deficiency notice', 'complete',
           'waiting-on-applicant', 'bench'
    FROM desk WHERE state = 'waiting-on-applicant' OR NOT is_open AND n % 10 = 0
    UNION ALL
    SELECT id, 3, at + interval '1 hour', 'begin review', 'complete', 'in-review', 'bench'
    FROM desk WHERE state = 'in-review'
    UNION ALL
    SELECT id, 4, at + n % 60 * interval '1 day', 'cure the last item of a deficiency',
           'waiting-on-applicant', 'incomplete', 'bench'
    FROM desk WHERE NOT is_open AND n % 10 = 0
    """,
    """
    INSERT INTO decisions (id, application_id, outcome, reasons, conditions, decided_on,
        decided_at, decided_by, inputs)
    SELECT gen_random_uuid(), id, 'granted', '{}', '{}', at::date, at,
           '{REVIEWERS}' || lpad((n % 20)::text, 12, '0'), '{}'
    FROM desk WHERE NOT is_open
    """,
    """
    INSERT INTO duties (id, rule, regime, regime_from, edition, edition_hash, rule_text, citation,
        subject_kind, subject_id, owner_role, started_by, facts, opened_at, started_on, due_on,
        due_at, state, pauses, next_step, version)
    SELECT gen_random_uuid(), 'decide-application', 'bench', '2011-08-01', 'bench', '', '', '',
           'application', id, 'board-reviewer', 'complete', '[]', at, at::date, at::date + 45,
           at + interval '46 days', CASE WHEN is_open THEN 'open' ELSE 'met' END, '[]', 1, 1
    FROM desk WHERE state <> 'submitted'
    """,
    """
    INSERT INTO documents (id, application_id, item, received_on, received_at)
    SELECT gen_random_uuid(), id, item, at::date, at
    FROM desk, unnest(ARRAY['application-form', 'license-verification', 'live-scan-receipt',
        'experience-log', 'training-log', 'attestation', 'fee'])
        WITH ORDINALITY AS items(item, place)
    WHERE is_open AND (state <> 'submitted' OR place <= n % 7)
    """,
)


async def fill_desk(
    connection: asyncpg.Connection, *, open_files: int, closed_files: int, now: datetime
) -> None:
    """Fill the empty tables."""
    told = {
        "$1": str(open_files),
        "$2": str(closed_files),
        "$3": f"'{now.isoformat()}'",
        "{REVIEWERS}": REVIEWERS,
    }
    for statement in FILL:
        await connection.execute(_with(statement, told), timeout=600)


def _with(statement: str, told: dict[str, str]) -> str:
    """A statement with what it is told; PostgreSQL takes no parameters where tables are made."""
    for name, value in told.items():
        statement = statement.replace(name, value)
    return statement


def reviewer(number: int) -> str:
    """The id of one of the twenty."""
    return f"{REVIEWERS}{number % 20:012d}"


def status_token(number: int) -> str:
    """The token of an open file; files are counted from 1."""
    return f"bench-{number:037d}"

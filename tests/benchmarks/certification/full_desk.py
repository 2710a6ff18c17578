"""A desk with far more than the Board has: 50,000 open files, 100,000 closed in five years.

Of the open ones two in five are in line, one in twenty-five paused, the others not complete yet;
twenty reviewers decided the closed ones, one in ten of which had been sent back once.
"""

import asyncpg

FILL = (
    """
    CREATE TEMP TABLE desk AS
    SELECT gen_random_uuid() AS id, n, n <= $1 AS is_open,
           CASE WHEN n > $1 THEN 'decided' WHEN n % 25 < 10 THEN 'complete'
                WHEN n % 25 = 10 THEN 'waiting-on-applicant' ELSE 'submitted' END AS state,
           $3::timestamptz - CASE WHEN n > $1 THEN (n - $1) * interval '1825 days' / $2
                ELSE n % 250 * interval '1 day' + n % 1440 * interval '1 minute' END AS at
    FROM generate_series(1, $1 + $2) AS n
    """,
    """
    INSERT INTO applications (id, kind, holder_id, applicant_id, name, level, served_counties,
        checklist, state, received_on, completed_on, completed_at, decided_on, version)
    SELECT id, 'provider', gen_random_uuid(), gen_random_uuid(), 'Somebody', 'independent', '{}',
           'provider-independent-2011', state, (at - n % 120 * interval '1 day')::date,
           CASE WHEN state <> 'submitted'
                THEN (at AT TIME ZONE 'America/Los_Angeles')::date END,
           CASE WHEN state <> 'submitted' THEN at END, CASE WHEN NOT is_open THEN at::date END, 4
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
    SELECT id, 4, at + n % 60 * interval '1 day', 'cure the last item of a deficiency',
           'waiting-on-applicant', 'incomplete', 'bench'
    FROM desk WHERE NOT is_open AND n % 10 = 0
    """,
    """
    INSERT INTO decisions (id, application_id, outcome, reasons, conditions, decided_on,
        decided_at, decided_by, inputs)
    SELECT gen_random_uuid(), id, 'granted', '{}', '{}', at::date, at, 'reviewer-' || n % 20, '{}'
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
    "ANALYZE",
)


async def fill(bare: asyncpg.Connection, *, open_files: int, closed_files: int, now: str) -> None:
    """Fill the empty tables of certification."""
    create, *others = FILL
    numbers = {"$1": str(open_files), "$2": str(closed_files), "$3": f"'{now}'"}
    for name, value in numbers.items():
        create = create.replace(name, value)
    for statement in (create, *others):
        await bare.execute(statement, timeout=600)

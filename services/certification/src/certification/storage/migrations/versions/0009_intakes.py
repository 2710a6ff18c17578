"""Lists that are taken in: the list, its runs, its lines."""

from alembic import op

revision = "0009_intakes"
down_revision = "0007_directory"

STATEMENTS = (
    """
    CREATE TABLE intakes (
        id uuid NOT NULL CONSTRAINT pk_intakes PRIMARY KEY,
        kind text NOT NULL,
        columns text[] NOT NULL,
        sha256 text NOT NULL,
        size_bytes bigint NOT NULL,
        received_at timestamptz NOT NULL,
        received_by text NOT NULL,
        CONSTRAINT ck_intakes_known_kind CHECK (kind IN ('provider', 'program'))
    )
    """,
    """
    CREATE TABLE intake_runs (
        id uuid NOT NULL CONSTRAINT pk_intake_runs PRIMARY KEY,
        intake_id uuid NOT NULL CONSTRAINT fk_intake_runs_intake_id_intakes REFERENCES intakes,
        kind text NOT NULL,
        skips_refused boolean NOT NULL,
        asked_at timestamptz NOT NULL,
        asked_by text NOT NULL,
        asked_roles text[] NOT NULL,
        correlation_id uuid NOT NULL,
        finished_at timestamptz,
        stopped_because text,
        CONSTRAINT ck_intake_runs_known_run CHECK (kind IN ('applying', 'undoing'))
    )
    """,
    "CREATE INDEX ix_intake_runs_intake ON intake_runs (intake_id, id)",
    """
    CREATE UNIQUE INDEX uq_intake_runs_under_way ON intake_runs (intake_id)
        WHERE finished_at IS NULL
    """,
    """
    CREATE TABLE intake_rows (
        intake_id uuid NOT NULL CONSTRAINT fk_intake_rows_intake_id_intakes REFERENCES intakes,
        line integer NOT NULL,
        cells text[] NOT NULL,
        outcome text NOT NULL,
        refusals jsonb NOT NULL DEFAULT '[]',
        doubts jsonb NOT NULL DEFAULT '[]',
        number text,
        certification_id uuid
            CONSTRAINT fk_intake_rows_certification_id_certifications REFERENCES certifications,
        kept_because text[] NOT NULL DEFAULT '{}',
        CONSTRAINT pk_intake_rows PRIMARY KEY (intake_id, line),
        CONSTRAINT ck_intake_rows_known_outcome
            CHECK (outcome IN ('ready', 'refused', 'made', 'undone', 'kept')),
        CONSTRAINT ck_intake_rows_certification_once_made CHECK (
            (outcome IN ('made', 'undone', 'kept')) = (certification_id IS NOT NULL))
    )
    """,
    "CREATE INDEX ix_intake_rows_outcome ON intake_rows (intake_id, outcome, line)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

"""Names, levels and conditions are amended with their history; some conditions are public."""

from alembic import op

revision = "0018_amendments"
down_revision = "0017_another_application"

CHANGES = (
    "'certified', 'details', 'places', 'named', 'site-opened', 'site-closed', "
    "'provider-linked', 'provider-unlinked'"
)
STATEMENTS = (
    """
    CREATE TABLE amendments (
        id uuid NOT NULL CONSTRAINT pk_amendments PRIMARY KEY,
        amended text NOT NULL,
        holder_id uuid NOT NULL,
        certification_id uuid
            CONSTRAINT fk_amendments_certification_id_certifications REFERENCES certifications,
        former jsonb NOT NULL,
        now jsonb NOT NULL,
        effective_from date,
        reasons text[] NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by text NOT NULL,
        CONSTRAINT ck_amendments_known CHECK (amended IN ('name', 'level', 'conditions')),
        CONSTRAINT ck_amendments_certification
            CHECK ((amended = 'name') = (certification_id IS NULL))
    )
    """,
    "CREATE INDEX ix_amendments_holder ON amendments (holder_id, id)",
    "CREATE INDEX ix_amendments_certification ON amendments (certification_id, id)",
    "ALTER TABLE decisions ADD COLUMN public_conditions text[] NOT NULL DEFAULT '{}'",
    "ALTER TABLE certifications ADD COLUMN public_conditions text[] NOT NULL DEFAULT '{}'",
    "ALTER TABLE program_changes DROP CONSTRAINT ck_program_changes_known_change",
    f"""
    ALTER TABLE program_changes
        ADD CONSTRAINT ck_program_changes_known_change CHECK (change IN ({CHANGES}))
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

"""The Board links accounts with holders; after unlinking, no applicant sees the application."""

from alembic import op

revision = "0016_account_changes"
down_revision = "0015_one_due_date"

STATEMENTS = (
    """
    CREATE TABLE account_changes (
        id uuid NOT NULL CONSTRAINT pk_account_changes PRIMARY KEY,
        kind text NOT NULL,
        holder_id uuid NOT NULL,
        former_account_id uuid,
        account_id uuid,
        reasons text[] NOT NULL,
        changed_at timestamptz NOT NULL,
        changed_by text NOT NULL,
        CONSTRAINT ck_account_changes_known_kind CHECK (kind IN ('provider', 'program')),
        CONSTRAINT ck_account_changes_is_a_change
            CHECK (account_id IS DISTINCT FROM former_account_id)
    )
    """,
    "CREATE INDEX ix_account_changes_holder ON account_changes (holder_id, id)",
    "ALTER TABLE applications ALTER COLUMN applicant_id DROP NOT NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

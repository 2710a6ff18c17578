"""Work items, and what was told of certifications after they were recorded."""

import sqlalchemy as sa
from alembic import op

revision = "0005_work_items"
down_revision = "0002_scoring"


def upgrade() -> None:
    op.create_table(
        "credential_changes",
        sa.Column("fact_id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("credential_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("effective_on", sa.Date),
        sa.Column("because", sa.Text),
        sa.Column("effective_from", sa.Date),
        sa.Column("effective_until", sa.Date),
        sa.CheckConstraint(
            "kind IN ('suspended', 'reinstated', 'ended', 'corrected')", name="kind_is_known"
        ),
        sa.CheckConstraint(
            "CASE WHEN kind = 'corrected' THEN effective_from < effective_until"
            " ELSE effective_on IS NOT NULL END",
            name="says_when",
        ),
    )
    op.create_index(
        "ix_credential_changes_credential", "credential_changes", ["credential_id", "number"]
    )


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

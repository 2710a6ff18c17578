"""Adds the providers of programs, as announced by certification."""

import sqlalchemy as sa
from alembic import op

revision = "0009_program_providers"
down_revision = "0008_scored_once"


def upgrade() -> None:
    op.create_table(
        "program_providers",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("program_id", sa.Uuid, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("effective_until", sa.Date),
        sa.CheckConstraint("effective_from <= effective_until", name="span"),
        sa.Index("ix_program_providers_pair", "provider_id", "program_id"),
    )


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

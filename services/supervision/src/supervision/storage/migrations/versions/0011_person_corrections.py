"""Adds corrections of persons, with the former values encrypted."""

import sqlalchemy as sa
from alembic import op

revision = "0011_person_corrections"
down_revision = "0009_program_providers"


def upgrade() -> None:
    op.create_table(
        "person_corrections",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("person_id", sa.Uuid, sa.ForeignKey("persons.id"), nullable=False),
        sa.Column("corrected", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("former_sealed", sa.LargeBinary, nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary, nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.Text, nullable=False),
    )
    op.create_index("ix_person_corrections_person", "person_corrections", ["person_id", "id"])


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

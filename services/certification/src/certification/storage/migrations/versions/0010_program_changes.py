"""What changed of a program and how it stood before, and that linked providers are known ones."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010_program_changes"
down_revision = "0009_intakes"


def upgrade() -> None:
    op.create_table(
        "program_changes",
        sa.Column("program_id", sa.Uuid, sa.ForeignKey("programs.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("before", postgresql.JSONB),
        sa.Column("after", postgresql.JSONB, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("program_id", "number"),
        sa.CheckConstraint(
            "change IN ('certified', 'details', 'places', 'site-opened', 'site-closed', "
            "'provider-linked', 'provider-unlinked')",
            name="known_change",
        ),
    )
    op.create_foreign_key(
        op.f("fk_program_providers_provider_id_providers"),
        "program_providers",
        "providers",
        ["provider_id"],
        ["id"],
    )
    op.create_index(
        "ux_program_providers_open",
        "program_providers",
        ["program_id", "provider_id"],
        unique=True,
        postgresql_where=sa.text("effective_until IS NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

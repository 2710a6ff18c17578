"""Which links of providers and programs were announced; those made before are announced once."""

import sqlalchemy as sa
from alembic import op

revision = "0021_links_announced"
down_revision = "0020_details_said_on"


def upgrade() -> None:
    op.add_column(
        "program_providers",
        sa.Column("is_announced", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.alter_column("program_providers", "is_announced", server_default=None)
    op.create_index(
        "ix_program_providers_unannounced",
        "program_providers",
        ["id"],
        postgresql_where=sa.text("NOT is_announced"),
    )


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

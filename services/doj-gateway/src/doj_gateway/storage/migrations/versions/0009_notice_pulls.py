"""Adds the epochs in which DOJ was asked for the notices that a restore had lost."""

import sqlalchemy as sa
from alembic import op

revision = "0009_notice_pulls"
down_revision = "0008_notices_as_said"


def upgrade() -> None:
    op.create_table(
        "notice_pulls",
        sa.Column("epoch", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("pulled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("epoch", name="pk_notice_pulls"),
    )


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

"""Adds the order in which teams were announced, because the last one counts from its day on."""

import sqlalchemy as sa
from alembic import op

revision = "0007_order_of_teams"
down_revision = "0005_work_items"


def upgrade() -> None:
    # Rows there are get their numbers in the order in which they were written.
    op.add_column(
        "teams", sa.Column("number", sa.BigInteger, sa.Identity(always=True), nullable=False)
    )
    op.drop_index("ix_teams_case", "teams")
    op.create_index("ix_teams_case", "teams", ["case_id", "number"])


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

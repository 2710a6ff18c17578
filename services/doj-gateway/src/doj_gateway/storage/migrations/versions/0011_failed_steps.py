"""Counts failed steps, and clears dates of notices that lie outside the calendars' years.

DOJ's text stays sealed as it was; a date outside the calendars counts as unreadable.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011_failed_steps"
down_revision = "0009_notice_pulls"

UNREADABLE = """
    UPDATE notices SET
        assessed_on = CASE WHEN assessed_on BETWEEN '2000-01-01' AND '2100-12-31'
            THEN assessed_on END,
        seen_at = CASE WHEN seen_at >= '2000-01-01Z' AND seen_at < '2101-01-01Z'
            THEN seen_at END
"""


def upgrade() -> None:
    for table in ("submissions", "notices"):
        op.add_column(table, sa.Column("failed", sa.Integer, nullable=False, server_default="0"))
        op.alter_column(table, "failed", server_default=None)
    op.execute(UNREADABLE)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

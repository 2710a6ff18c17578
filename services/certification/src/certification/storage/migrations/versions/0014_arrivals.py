"""When each document arrived, and when a file was found complete, apart from when it was so.

Of documents from before only the day is known: they count as arrived when it began. A file found
complete before keeps the instant of that finding as the one from which its clock counts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014_arrivals"
down_revision = "0013_changes_that_reach"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("documents", sa.Column("received_at", INSTANT))
    op.execute(
        "UPDATE documents SET received_at ="
        " CAST(received_on AS timestamp) AT TIME ZONE 'America/Los_Angeles'"
    )
    op.alter_column("documents", "received_at", nullable=False)
    op.add_column("applications", sa.Column("found_complete_at", INSTANT))
    op.execute("UPDATE applications SET found_complete_at = completed_at")
    op.create_check_constraint(
        op.f("ck_applications_found_complete_once"),
        "applications",
        "(found_complete_at IS NULL) = (completed_at IS NULL)"
        " AND completed_at <= found_complete_at",
    )


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

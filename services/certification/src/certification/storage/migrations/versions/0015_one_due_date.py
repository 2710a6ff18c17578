"""By when a notice is to be answered stands in the ledger alone: its copy went stale."""

from alembic import op

revision = "0015_one_due_date"
down_revision = "0014_arrivals"


def upgrade() -> None:
    op.drop_column("deficiencies", "answer_due_on")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

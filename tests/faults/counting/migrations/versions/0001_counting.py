"""The counting service's own tables."""

from alembic import op

from faults.counting.tables import NOTES, TALLIES

revision = "0001_counting"
down_revision = None


def upgrade() -> None:
    for table in (NOTES, TALLIES):
        table.create(op.get_bind())

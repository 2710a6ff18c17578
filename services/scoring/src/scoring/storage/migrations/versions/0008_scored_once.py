"""A scoring is kept once: same case, instrument, day and scorer, unless it scores anew another."""

import sqlalchemy as sa
from alembic import op

revision = "0008_scored_once"
down_revision = "0007_order_of_teams"

# Whatever was entered twice before is taken for scored anew, in the order of entry.
LINK_REPEATED = """
    UPDATE assessments SET rescores = repeated.before
    FROM (SELECT id, lag(id) OVER (PARTITION BY case_id, instrument, assessed_on, scorer_id
                                   ORDER BY drafted_at, id) AS before
          FROM assessments) AS repeated
    WHERE assessments.id = repeated.id AND repeated.before IS NOT NULL
"""


def upgrade() -> None:
    op.add_column(
        "assessments", sa.Column("rescores", sa.Uuid, sa.ForeignKey("assessments.id"), unique=True)
    )
    op.execute(LINK_REPEATED)
    op.create_index(
        "uq_assessments_scored_once",
        "assessments",
        ["case_id", "instrument", "assessed_on", "scorer_id"],
        unique=True,
        postgresql_where=sa.text("rescores IS NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

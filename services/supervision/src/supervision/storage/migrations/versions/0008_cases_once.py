"""A case is opened once: same person, agency and case number, unless it is said to be another.

The index of a number is keyed, so cases that are here already get theirs by the operator's command
`persons rewrite-numbers`; until then they stand beside the constraint.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_cases_once"
down_revision = "0006_work_items"


def upgrade() -> None:
    op.add_column("cases", sa.Column("case_number_index", sa.LargeBinary))
    op.add_column("cases", sa.Column("another_because_sealed", sa.LargeBinary))
    op.create_index(
        "uq_cases_opened_once",
        "cases",
        ["person_id", "agency", "case_number_index"],
        unique=True,
        postgresql_where=sa.text("another_because_sealed IS NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

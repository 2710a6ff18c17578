"""A certification may go on past its term while the Board decides its renewal."""

import sqlalchemy as sa
from alembic import op

revision = "0023_late_decisions"
down_revision = "0021_links_announced"


def upgrade() -> None:
    op.add_column(
        "certifications",
        sa.Column("continued_days", sa.Integer, nullable=False, server_default="0"),
    )
    name = op.f("ck_certification_changes_known_change")
    op.drop_constraint(name, "certification_changes", type_="check")
    op.create_check_constraint(
        name,
        "certification_changes",
        "change IN ('granted', 'corrected', 'continued', 'suspended', 'reinstated', 'revoked', "
        "'surrendered', 'renewed', 'upgraded', 'expired', 'voided')",
    )


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

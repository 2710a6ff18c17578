"""A change that reached a certification through the one it follows says which one that was.

And what an account is certified as is found by the account.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_changes_that_reach"
down_revision = "0011_spans_that_never_held"


def upgrade() -> None:
    op.add_column("certification_changes", sa.Column("with_certification_id", sa.Uuid))
    op.create_foreign_key(
        op.f("fk_certification_changes_with_certification_id_certifications"),
        "certification_changes",
        "certifications",
        ["with_certification_id"],
        ["id"],
    )
    op.create_index("ix_programs_applicant", "programs", ["applicant_id"])
    op.create_index("ix_providers_applicant", "providers", ["applicant_id"])


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

"""A supervision agreement that was recorded by mistake may end on its first day."""

from alembic import op

revision = "0024_agreements_never_stood"
down_revision = "0023_late_decisions"


def upgrade() -> None:
    name = op.f("ck_supervision_agreements_span")
    op.drop_constraint(name, "supervision_agreements", type_="check")
    op.create_check_constraint(name, "supervision_agreements", "effective_from <= effective_until")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

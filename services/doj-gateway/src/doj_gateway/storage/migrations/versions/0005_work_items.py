"""Work items, which every service has."""

from shared.schema import kernel_revisions

revision = "0005_work_items"
down_revision = "0004_law_and_clerk"


def upgrade() -> None:
    kernel_revisions.apply("0004")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

"""Work items, which every service has."""

from shared.schema import kernel_revisions

revision = "0008_work_items"
down_revision = "0007_directory"


def upgrade() -> None:
    kernel_revisions.apply("0004")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

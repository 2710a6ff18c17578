"""What the broker refused, a log that went back, and what was applied of the others' logs."""

from shared.schema import kernel_revisions

revision = "0007_log_that_went_back"
down_revision = "0006_work_items"


def upgrade() -> None:
    kernel_revisions.apply("0005_log")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

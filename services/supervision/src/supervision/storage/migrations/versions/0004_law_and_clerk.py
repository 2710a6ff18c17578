"""The law kept by its content, the clerk's notices, and changes of the law."""

from shared.schema import kernel_revisions

revision = "0004_law_and_clerk"
down_revision = "0003_log_epochs_and_desk"


def upgrade() -> None:
    kernel_revisions.apply("0003")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

"""Epochs of the event log, its registered readers, and a desk for parked messages."""

from shared.schema import kernel_revisions

revision = "0003_log_epochs_and_desk"
down_revision = "0002_supervision"


def upgrade() -> None:
    kernel_revisions.apply("0002")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

"""Epochs of the event log, its registered readers, and a desk for parked messages."""

from shared.schema.kernel_revisions import apply

revision = "kernel_0002"
down_revision = "kernel_0001"


def upgrade() -> None:
    apply(revision)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

"""What the broker refused, a log that went back, and what was applied of the others' logs."""

from shared.schema.kernel_revisions import apply

revision = "kernel_0005_log"
down_revision = "kernel_0004"


def upgrade() -> None:
    apply(revision)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

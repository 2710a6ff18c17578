"""Answers kept for repeated requests: under keyed hashes and under seal."""

from shared.schema.kernel_revisions import apply

revision = "kernel_0006_kept_answers"
down_revision = "kernel_0005_log"


def upgrade() -> None:
    apply(revision)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

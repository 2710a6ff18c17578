"""Answers kept for repeated requests: under keyed hashes and under seal."""

from shared.schema import kernel_revisions

revision = "0010_kept_answers"
down_revision = "0009_notice_pulls"


def upgrade() -> None:
    kernel_revisions.apply("0006_kept_answers")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

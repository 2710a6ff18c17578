"""What lies at the end of the log's topic and is none of the log's."""

from shared.schema import kernel_revisions

revision = "0012_foreign_records"
down_revision = "0011_failed_steps"


def upgrade() -> None:
    kernel_revisions.apply("0007_foreign")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

"""What lies at the end of the log's topic and is none of the log's."""

from shared.schema.kernel_revisions import apply

revision = "kernel_0007_foreign"
down_revision = "kernel_0006_kept_answers"


def upgrade() -> None:
    apply(revision)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

"""The law kept by its content, the clerk's notices, and changes of the law."""

from shared.schema.kernel_revisions import apply

revision = "kernel_0003"
down_revision = "kernel_0002"


def upgrade() -> None:
    apply(revision)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

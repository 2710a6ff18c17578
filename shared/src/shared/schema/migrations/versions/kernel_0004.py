"""Work items, which every service has."""

from shared.schema.kernel_revisions import apply

revision = "kernel_0004"
down_revision = "kernel_0003"


def upgrade() -> None:
    apply(revision)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

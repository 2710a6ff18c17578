"""The tables that every service has: outbox, event log, duties, audit record and the others."""

from shared.schema.kernel_revisions import apply

revision = "kernel_0001"
down_revision = None


def upgrade() -> None:
    apply(revision)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

"""The tables that every service has: outbox, event log, duties, audit record and the others."""

from shared.schema import kernel_revisions

revision = "0001_kernel"
down_revision = None


def upgrade() -> None:
    kernel_revisions.apply("0001")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

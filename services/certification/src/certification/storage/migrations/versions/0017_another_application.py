"""Why an applicant applies once more: without a reason, a repeated application is refused."""

from alembic import op

revision = "0017_another_application"
down_revision = "0016_account_changes"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE applications ADD COLUMN another_reason text,"
        " ADD CONSTRAINT ck_applications_another_is_new"
        " CHECK (another_reason IS NULL OR purpose = 'new')"
    )


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

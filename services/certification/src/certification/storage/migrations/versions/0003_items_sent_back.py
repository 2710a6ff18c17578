"""Items of a complete file that a notice sends back keep the day on which they had come."""

import sqlalchemy as sa
from alembic import op

revision = "0003_items_sent_back"
down_revision = "0002_certification"


def upgrade() -> None:
    op.add_column("deficiency_items", sa.Column("was_received_on", sa.Date))


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

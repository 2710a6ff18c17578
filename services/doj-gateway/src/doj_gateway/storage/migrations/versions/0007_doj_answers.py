"""Adds checks of DOJ's answers, held and resent scores; due dates now come from the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0007_doj_answers"
down_revision = "0002_doj_gateway"

TABLE = "submissions"
INSTANT = sa.DateTime(timezone=True)
STATES = (
    "state IN ('held', 'queued', 'sending', 'unknown', 'sent', 'acknowledged', 'differs',"
    " 'rejected')"
)
RESTING_OR_WAITING = (
    "CASE WHEN state IN ('differs', 'held', 'rejected') THEN next_step_at IS NULL"
    " ELSE state = 'acknowledged' OR next_step_at IS NOT NULL END"
)


def upgrade() -> None:
    _columns()
    _uniqueness()
    op.drop_constraint(op.f("ck_submissions_known_state"), TABLE, type_="check")
    op.create_check_constraint(op.f("ck_submissions_known_state"), TABLE, STATES)
    op.drop_constraint(op.f("ck_submissions_final_or_waiting"), TABLE, type_="check")
    op.create_check_constraint(op.f("ck_submissions_resting_or_waiting"), TABLE, RESTING_OR_WAITING)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")


def _columns() -> None:
    op.drop_column(TABLE, "due_at")
    op.add_column(TABLE, sa.Column("sent_on", sa.Date))
    op.execute(
        "UPDATE submissions SET sent_on = (queued_at AT TIME ZONE 'America/Los_Angeles')::date"
    )
    op.alter_column(TABLE, "sent_on", nullable=False)
    op.add_column(TABLE, sa.Column("round", sa.Integer, nullable=False, server_default="1"))
    op.alter_column(TABLE, "round", server_default=None)
    op.add_column(TABLE, sa.Column("doubted", sa.Integer, nullable=False, server_default="0"))
    op.alter_column(TABLE, "doubted", server_default=None)
    op.add_column(TABLE, sa.Column("replaces_id", sa.Uuid))
    op.create_foreign_key("fk_submissions_replaces_id", TABLE, TABLE, ["replaces_id"], ["id"])
    op.add_column(TABLE, sa.Column("released_at", INSTANT))


def _uniqueness() -> None:
    op.drop_constraint("uq_submissions_assessment_id_version", TABLE, type_="unique")
    op.create_unique_constraint(
        "uq_submissions_assessment_id_version_round", TABLE, ["assessment_id", "version", "round"]
    )
    op.create_unique_constraint("uq_submissions_receipt_number", TABLE, ["receipt_number"])
    op.create_unique_constraint("uq_submissions_replaces_id", TABLE, ["replaces_id"])

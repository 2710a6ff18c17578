"""Stores notices as DOJ wrote them, with all corrections, and the reasons of unclear ones."""

import sqlalchemy as sa
from alembic import op

revision = "0008_notices_as_said"
down_revision = "0007_doj_answers"

TABLE = "notices"
INSTANT = sa.DateTime(timezone=True)
RESTING_OR_WAITING = (
    "CASE state WHEN 'acknowledged' THEN next_step_at IS NULL WHEN 'unclear' THEN true"
    " ELSE next_step_at IS NOT NULL END"
)


def upgrade() -> None:
    _versions()
    _columns()
    _checks()


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")


def _versions() -> None:
    op.create_table(
        "notice_versions",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("notice_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("said_sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice_versions"),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_notice_versions_notice_id"),
        sa.UniqueConstraint("notice_id", "number", name="uq_notice_versions_notice_id_number"),
    )
    # What is sealed is bound to the id of its row: the first version keeps the notice's own.
    op.execute(
        "INSERT INTO notice_versions (id, notice_id, number, received_at, said_sealed)"
        " SELECT id, id, 1, received_at, identifiers_sealed FROM notices"
    )


def _columns() -> None:
    op.drop_column(TABLE, "identifiers_sealed")
    op.drop_column(TABLE, "content_index")
    for name in ("instrument", "assessed_on", "seen_at"):
        op.alter_column(TABLE, name, nullable=True)
    op.add_column(TABLE, sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    op.alter_column(TABLE, "version", server_default=None)
    op.add_column(TABLE, sa.Column("because", sa.Text))
    near: sa.Column[object] = sa.Column(
        "near_case_ids", sa.ARRAY(sa.Uuid), nullable=False, server_default="{}"
    )
    op.add_column(TABLE, near)
    op.alter_column(TABLE, "near_case_ids", server_default=None)
    op.add_column(TABLE, sa.Column("days_apart", sa.Integer))
    op.execute("UPDATE notices SET days_apart = 0 WHERE expectation_id IS NOT NULL")
    op.add_column(TABLE, sa.Column("matched_by", sa.Text))


def _checks() -> None:
    for name in ("known_state", "matched", "acknowledged_or_waiting"):
        op.drop_constraint(op.f(f"ck_notices_{name}"), TABLE, type_="check")
    checks = {
        "known_state": "state IN ('received', 'unclear', 'matched', 'acknowledged')",
        "matched": "(state IN ('matched', 'acknowledged')) = (expectation_id IS NOT NULL)",
        "unclear_because": "(state = 'unclear') = (because IS NOT NULL)",
        "resting_or_waiting": RESTING_OR_WAITING,
    }
    for name, condition in checks.items():
        op.create_check_constraint(op.f(f"ck_notices_{name}"), TABLE, condition)

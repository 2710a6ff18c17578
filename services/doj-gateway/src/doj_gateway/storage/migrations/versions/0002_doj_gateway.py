"""Submissions with their attempts, expectations, notices, and the projections they rest on."""

import sqlalchemy as sa
from alembic import op

revision = "0002_doj_gateway"
down_revision = None

INSTANT = sa.DateTime(timezone=True)
WAITING = sa.text("next_step_at IS NOT NULL")


def upgrade() -> None:
    _submissions()
    _attempts()
    _expectations()
    _notices()
    _projections()


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")


def _score() -> list[sa.Column[object]]:
    return [
        sa.Column("assessment_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("instrument", sa.Text, nullable=False),
        sa.Column("assessed_on", sa.Date, nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("program_id", sa.Uuid),
    ]


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.Uuid, nullable=False),
        *_score(),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("score_receipt_id", sa.Uuid),
        sa.Column("received_at", INSTANT),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("queued_at", INSTANT, nullable=False),
        sa.Column("correlation_id", sa.Uuid, nullable=False),
        sa.Column("form_version", sa.Integer),
        sa.Column("form_sealed", sa.LargeBinary),
        sa.Column("content_hash", sa.Text),
        sa.Column("accepted_at", INSTANT),
        sa.Column("receipt_number", sa.Text),
        sa.Column("acknowledged_at", INSTANT),
        sa.Column("rejected_at", INSTANT),
        sa.Column("reason_code", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("next_step_at", INSTANT),
        sa.Column("claim_term", sa.Integer, nullable=False),
        *_submission_constraints(),
    )
    op.create_index(
        "ix_submissions_waiting", "submissions", ["next_step_at"], postgresql_where=WAITING
    )
    op.create_index("ix_submissions_case", "submissions", ["case_id", "id"])


def _submission_constraints() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint(
            "assessment_id", "version", name="uq_submissions_assessment_id_version"
        ),
        sa.UniqueConstraint("reference", name="uq_submissions_reference"),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'unknown', 'sent', 'acknowledged', 'rejected')",
            name=op.f("ck_submissions_known_state"),
        ),
        sa.CheckConstraint(
            "(form_sealed IS NULL) = (content_hash IS NULL)"
            " AND (form_sealed IS NULL) = (form_version IS NULL)",
            name=op.f("ck_submissions_form_whole"),
        ),
        sa.CheckConstraint(
            "(accepted_at IS NULL) = (receipt_number IS NULL)",
            name=op.f("ck_submissions_accepted_with_receipt"),
        ),
        sa.CheckConstraint(
            "(state IN ('acknowledged', 'rejected')) = (next_step_at IS NULL)",
            name=op.f("ck_submissions_final_or_waiting"),
        ),
    ]


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("submission_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("outcome", sa.Text),
        sa.Column("reason_code", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_attempts_submission_id"
        ),
        sa.UniqueConstraint("submission_id", "number", name="uq_attempts_submission_id_number"),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (outcome IS NULL)", name=op.f("ck_attempts_ended_with_outcome")
        ),
    )


def _expectations() -> None:
    op.create_table(
        "expectations",
        sa.Column("id", sa.Uuid, nullable=False),
        *_score(),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("notice_id", sa.Uuid),
        sa.Column("seen_at", INSTANT),
        sa.Column("met_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_expectations"),
        sa.UniqueConstraint(
            "assessment_id", "version", name="uq_expectations_assessment_id_version"
        ),
        sa.CheckConstraint("state IN ('open', 'met')", name=op.f("ck_expectations_known_state")),
        sa.CheckConstraint(
            "(state = 'met') = (notice_id IS NOT NULL)", name=op.f("ck_expectations_met_by_notice")
        ),
    )
    op.create_index("ix_expectations_case", "expectations", ["case_id", "id"])


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("doj_notice_id", sa.Text, nullable=False),
        sa.Column("instrument", sa.Text, nullable=False),
        sa.Column("assessed_on", sa.Date, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("identifiers_sealed", sa.LargeBinary, nullable=False),
        sa.Column("content_index", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("correlation_id", sa.Uuid, nullable=False),
        sa.Column("expectation_id", sa.Uuid),
        sa.Column("case_id", sa.Uuid),
        sa.Column("matched_at", INSTANT),
        sa.Column("acknowledged_at", INSTANT),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_step_at", INSTANT),
        sa.Column("claim_term", sa.Integer, nullable=False),
        *_notice_constraints(),
    )
    op.create_index("ix_notices_waiting", "notices", ["next_step_at"], postgresql_where=WAITING)
    op.create_index("ix_notices_case", "notices", ["case_id", "id"])


def _notice_constraints() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("doj_notice_id", name="uq_notices_doj_notice_id"),
        sa.UniqueConstraint("expectation_id", name="uq_notices_expectation_id"),
        sa.ForeignKeyConstraint(
            ["expectation_id"], ["expectations.id"], name="fk_notices_expectation_id"
        ),
        sa.CheckConstraint(
            "state IN ('received', 'matched', 'acknowledged')", name=op.f("ck_notices_known_state")
        ),
        sa.CheckConstraint(
            "(state = 'received') = (expectation_id IS NULL)", name=op.f("ck_notices_matched")
        ),
        sa.CheckConstraint(
            "(state = 'acknowledged') = (next_step_at IS NULL)",
            name=op.f("ck_notices_acknowledged_or_waiting"),
        ),
    ]


def _projections() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("instrument", sa.Text, nullable=False),
        sa.Column("assessed_on", sa.Date, nullable=False),
        sa.Column("scorer_id", sa.Uuid, nullable=False),
        sa.Column("program_id", sa.Uuid),
        sa.Column("agency", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assessments"),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("officer_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_index("ix_cases_agency", "cases", ["agency"])

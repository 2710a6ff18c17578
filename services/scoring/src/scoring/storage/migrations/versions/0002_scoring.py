"""Assessments and shares, and the projections of cases, teams, certifications and credentials."""

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    Numeric,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002_scoring"
down_revision = None

INSTANT = DateTime(timezone=True)
SPAN = "effective_from < effective_until"


def upgrade() -> None:
    _assessments()
    _shares()
    _cases()
    _teams()
    _certifications()
    _scorer_credentials()


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")


def _assessments() -> None:
    op.create_table(
        "assessments",
        Column("id", Uuid, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("state", Text, nullable=False),
        Column("case_id", Uuid, nullable=False),
        Column("instrument", Text, nullable=False),
        Column("instrument_version", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("assessed_on", Date, nullable=False),
        Column("scorer_id", Uuid, nullable=False),
        Column("agency", Text, nullable=False),
        Column("program_id", Uuid),
        Column("items", JSONB, nullable=False),
        Column("tool", Text),
        Column("recorded_level", Text),
        Column("override_level", Text),
        Column("override_reason", Text),
        Column("total", Numeric(6, 2), nullable=False),
        Column("domains", JSONB, nullable=False),
        Column("level", Text, nullable=False),
        Column("level_basis", Text, nullable=False),
        Column("computed_level", Text),
        Column("reasons", JSONB, nullable=False),
        Column("drafted_at", INSTANT, nullable=False),
        Column("finalized_at", INSTANT),
        *_assessment_checks(),
    )
    op.create_index("ix_assessments_case", "assessments", ["case_id", "assessed_on", "id"])


def _assessment_checks() -> list[CheckConstraint]:
    return [
        CheckConstraint("state IN ('draft', 'finalized')", name="known_state"),
        CheckConstraint("reason IN ('initial', 'change', 'final', 'other')", name="known_reason"),
        CheckConstraint(
            "level_basis IN ('computed', 'recorded', 'overridden')", name="known_level_basis"
        ),
        CheckConstraint(
            "(state = 'draft') = (finalized_at IS NULL)", name="finalized_at_when_finalized"
        ),
        CheckConstraint(
            "(override_level IS NULL) = (override_reason IS NULL)", name="override_has_reason"
        ),
    ]


def _shares() -> None:
    op.create_table(
        "shares",
        Column("id", Uuid, primary_key=True),
        Column("assessment_id", Uuid, ForeignKey("assessments.id"), nullable=False),
        Column("assessment_version", Integer, nullable=False),
        Column("case_id", Uuid, nullable=False),
        Column("instrument", Text, nullable=False),
        Column("assessed_on", Date, nullable=False),
        Column("provider_id", Uuid, nullable=False),
        Column("program_id", Uuid, nullable=False),
        Column("agency", Text, nullable=False),
        Column("unit", Text),
        Column("officer_id", Uuid, nullable=False),
        Column("shared_at", INSTANT, nullable=False),
        Column("score_receipt_id", Uuid),
        Column("received_at", INSTANT),
        UniqueConstraint("assessment_id", "assessment_version"),
        CheckConstraint(
            "(score_receipt_id IS NULL) = (received_at IS NULL)", name="receipt_has_a_time"
        ),
    )


def _cases() -> None:
    op.create_table(
        "cases",
        Column("id", Uuid, primary_key=True),
        Column("agency", Text, nullable=False),
        Column("agency_kind", Text, nullable=False),
        Column("unit", Text),
        Column("officer_id", Uuid, nullable=False),
    )


def _teams() -> None:
    op.create_table(
        "teams",
        Column("id", Uuid, primary_key=True),
        Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
        Column("agency", Text, nullable=False),
        Column("unit", Text),
        Column("officer_id", Uuid, nullable=False),
        Column("provider_id", Uuid, nullable=False),
        Column("program_id", Uuid, nullable=False),
        Column("examiner_id", Uuid, nullable=False),
        Column("effective_from", Date, nullable=False),
    )
    op.create_index("ix_teams_case", "teams", ["case_id", "effective_from", "id"])


def _certifications() -> None:
    op.create_table(
        "certifications",
        Column("id", Uuid, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("holder_id", Uuid, nullable=False),
        Column("effective_from", Date, nullable=False),
        Column("effective_until", Date, nullable=False),
        CheckConstraint("kind IN ('provider', 'program')", name="known_kind"),
        CheckConstraint(SPAN, name="span"),
    )
    op.create_index("ix_certifications_holder", "certifications", ["kind", "holder_id"])


def _scorer_credentials() -> None:
    op.create_table(
        "scorer_credentials",
        Column("id", Uuid, primary_key=True),
        Column("scorer_id", Uuid, nullable=False),
        Column("instrument", Text, nullable=False),
        Column("effective_from", Date, nullable=False),
        Column("effective_until", Date, nullable=False),
        CheckConstraint(SPAN, name="span"),
    )
    op.create_index(
        "ix_scorer_credentials_scorer", "scorer_credentials", ["scorer_id", "instrument"]
    )

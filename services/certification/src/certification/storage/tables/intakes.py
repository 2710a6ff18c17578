"""Imported lists with their runs and the result of each line."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from certification.storage.tables.metadata import INSTANT, KNOWN_KIND, METADATA

INTAKES = Table(
    "intakes",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("columns", ARRAY(Text), nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("received_at", INSTANT, nullable=False),
    Column("received_by", Text, nullable=False),
    CheckConstraint(KNOWN_KIND, name="known_kind"),
)

INTAKE_RUNS = Table(
    "intake_runs",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("intake_id", Uuid, ForeignKey("intakes.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("skips_refused", Boolean, nullable=False),
    Column("asked_at", INSTANT, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_roles", ARRAY(Text), nullable=False),
    Column("correlation_id", Uuid, nullable=False),
    Column("finished_at", INSTANT),
    Column("stopped_because", Text),
    CheckConstraint("kind IN ('applying', 'undoing')", name="known_run"),
    Index("ix_intake_runs_intake", "intake_id", "id"),
    Index(
        "uq_intake_runs_under_way",
        "intake_id",
        unique=True,
        postgresql_where=text("finished_at IS NULL"),
    ),
)

INTAKE_ROWS = Table(
    "intake_rows",
    METADATA,
    Column("intake_id", Uuid, ForeignKey("intakes.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("cells", ARRAY(Text), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("refusals", JSONB, nullable=False, server_default="[]"),
    Column("doubts", JSONB, nullable=False, server_default="[]"),
    Column("number", Text),
    Column("certification_id", Uuid, ForeignKey("certifications.id")),
    Column("kept_because", ARRAY(Text), nullable=False, server_default="{}"),
    PrimaryKeyConstraint("intake_id", "line"),
    CheckConstraint(
        "outcome IN ('ready', 'refused', 'made', 'undone', 'kept')", name="known_outcome"
    ),
    CheckConstraint(
        "(outcome IN ('made', 'undone', 'kept')) = (certification_id IS NOT NULL)",
        name="certification_once_made",
    ),
    Index("ix_intake_rows_outcome", "intake_id", "outcome", "line"),
)

"""Applications and what becomes of them: documents, notices, assignments, decisions."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from certification.storage.tables.metadata import INSTANT, KNOWN_KIND, METADATA

APPLICATIONS = Table(
    "applications",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("holder_id", Uuid, nullable=False),
    Column("applicant_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("level", Text),
    Column("client_band", Text),
    Column("headquarters_county", Text),
    Column("served_counties", ARRAY(Text), nullable=False),
    Column("checklist", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("completed_on", Date),
    Column("completed_at", INSTANT),
    Column("decided_on", Date),
    Column("reviewer_id", Uuid),
    Column("version", Integer, nullable=False),
    CheckConstraint(KNOWN_KIND, name="known_kind"),
    CheckConstraint(
        "state IN ('submitted', 'waiting-on-applicant', 'complete', 'decided')", name="known_state"
    ),
    CheckConstraint("(kind = 'provider') = (level IS NOT NULL)", name="level_of_provider"),
    CheckConstraint(
        "(kind = 'program') = (headquarters_county IS NOT NULL AND client_band IS NOT NULL)",
        name="place_of_program",
    ),
    CheckConstraint("(completed_on IS NULL) = (completed_at IS NULL)", name="completed_at_once"),
    Index("ix_applications_applicant", "applicant_id", "id"),
    Index(
        "ix_applications_queue",
        "completed_at",
        "id",
        postgresql_where=text("state = 'complete'"),
    ),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("application_id", Uuid, ForeignKey("applications.id"), nullable=False),
    Column("item", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    PrimaryKeyConstraint("application_id", "item"),
)

DEFICIENCIES = Table(
    "deficiencies",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, ForeignKey("applications.id"), nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("answer_due_on", Date, nullable=False),
    Index("ix_deficiencies_application", "application_id", "id"),
)

DEFICIENCY_ITEMS = Table(
    "deficiency_items",
    METADATA,
    Column("deficiency_id", Uuid, ForeignKey("deficiencies.id"), nullable=False),
    Column("item", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("cured_on", Date),
    Column("was_received_on", Date),
    PrimaryKeyConstraint("deficiency_id", "item"),
)

ASSIGNMENTS = Table(
    "assignments",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, ForeignKey("applications.id"), nullable=False),
    Column("reviewer_id", Uuid, nullable=False),
    Column("assigned_at", INSTANT, nullable=False),
    Column("assigned_by", Text, nullable=False),
    Index("ix_assignments_application", "application_id", "id"),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, ForeignKey("applications.id"), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("conditions", ARRAY(Text), nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("decided_at", INSTANT, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("inputs", JSONB, nullable=False),
    UniqueConstraint("application_id"),
    CheckConstraint(
        "outcome IN ('granted', 'granted-with-conditions', 'denied')", name="known_outcome"
    ),
)

"""Applications with their documents, notices, assignments, decisions and appeals."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
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
    Column("applicant_id", Uuid),
    Column("name", Text, nullable=False),
    Column("level", Text),
    Column("client_band", Text),
    Column("headquarters_county", Text),
    Column("served_counties", ARRAY(Text), nullable=False),
    Column("checklist", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("received_on", Date),
    Column("completed_on", Date),
    Column("completed_at", INSTANT),
    Column("found_complete_at", INSTANT),
    Column("decided_on", Date),
    Column("reviewer_id", Uuid),
    Column("purpose", Text, nullable=False, server_default="new"),
    Column("certification_id", Uuid),
    Column("entity_type", Text),
    Column("live_scan", Text),
    Column("another_reason", Text),
    Column("status_token_hash", LargeBinary),
    Column("version", Integer, nullable=False),
    CheckConstraint(KNOWN_KIND, name="known_kind"),
    CheckConstraint(
        "state IN ('draft', 'submitted', 'incomplete', 'waiting-on-applicant', 'complete', "
        "'in-review', 'decided', 'withdrawn', 'abandoned')",
        name="known_state",
    ),
    CheckConstraint("purpose IN ('new', 'renewal', 'upgrade')", name="known_purpose"),
    CheckConstraint(
        "(purpose = 'new') = (certification_id IS NULL)", name="certification_of_purpose"
    ),
    CheckConstraint("another_reason IS NULL OR purpose = 'new'", name="another_is_new"),
    CheckConstraint("live_scan IN ('sent', 'received', 'cleared', 'hold')", name="known_live_scan"),
    CheckConstraint("state <> 'draft' OR received_on IS NULL", name="received_once_submitted"),
    CheckConstraint("(kind = 'provider') = (level IS NOT NULL)", name="level_of_provider"),
    CheckConstraint(
        "(kind = 'program') = (headquarters_county IS NOT NULL AND client_band IS NOT NULL)",
        name="place_of_program",
    ),
    CheckConstraint("(completed_on IS NULL) = (completed_at IS NULL)", name="completed_at_once"),
    CheckConstraint(
        "(found_complete_at IS NULL) = (completed_at IS NULL)"
        " AND completed_at <= found_complete_at",
        name="found_complete_once",
    ),
    Index("ix_applications_applicant", "applicant_id", "id"),
    Index(
        "ix_applications_queue",
        "completed_at",
        "id",
        postgresql_where=text("state = 'complete'"),
    ),
    Index(
        "ix_applications_undecided",
        "completed_at",
        "id",
        postgresql_where=text("state IN ('complete', 'in-review')"),
    ),
    Index("ix_applications_reviewer", "reviewer_id", "state"),
    Index("ix_applications_state", "state", "id"),
    Index("ix_applications_holder", "holder_id"),
    Index("ix_applications_status_token", "status_token_hash", unique=True),
)

APPLICATION_MOVES = Table(
    "application_moves",
    METADATA,
    Column("application_id", Uuid, ForeignKey("applications.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("move", Text, nullable=False),
    Column("from_state", Text),
    Column("to_state", Text, nullable=False),
    Column("by", Text, nullable=False),
    PrimaryKeyConstraint("application_id", "number"),
    Index("ix_application_moves_at", "at"),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, ForeignKey("applications.id"), nullable=False),
    Column("item", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("received_at", INSTANT, nullable=False),
    Column("sha256", Text),
    Column("size_bytes", BigInteger),
    Column("media_type", Text),
    Column("content_at", INSTANT),
    Column("review", Text, nullable=False, server_default="received"),
    Column("review_reason", Text),
    Column("reviewed_at", INSTANT),
    Column("reviewed_by", Text),
    Column("superseded_at", INSTANT),
    CheckConstraint("review IN ('received', 'accepted', 'returned')", name="known_review"),
    Index(
        "uq_documents_standing",
        "application_id",
        "item",
        unique=True,
        postgresql_where=text("superseded_at IS NULL"),
    ),
    Index("ix_documents_application", "application_id", "id"),
)

DEFICIENCIES = Table(
    "deficiencies",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, ForeignKey("applications.id"), nullable=False),
    Column("sent_on", Date, nullable=False),
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
    Column("ended_at", INSTANT),
    Index("ix_assignments_application", "application_id", "id"),
    Index("ix_assignments_reviewer", "reviewer_id", "assigned_at"),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, ForeignKey("applications.id"), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("conditions", ARRAY(Text), nullable=False),
    Column("public_conditions", ARRAY(Text), nullable=False, server_default="{}"),
    Column("decided_on", Date, nullable=False),
    Column("decided_at", INSTANT, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("inputs", JSONB, nullable=False),
    Column("level", Text),
    Column("superseded_at", INSTANT),
    Index(
        "uq_decisions_standing",
        "application_id",
        unique=True,
        postgresql_where=text("superseded_at IS NULL"),
    ),
    Index("ix_decisions_decided", "decided_at"),
    CheckConstraint(
        "outcome IN ('granted', 'granted-with-conditions', 'denied')", name="known_outcome"
    ),
)

APPEALS = Table(
    "appeals",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, ForeignKey("applications.id"), nullable=False),
    Column("decision_id", Uuid, ForeignKey("decisions.id"), nullable=False),
    Column("filed_on", Date, nullable=False),
    Column("grounds", Text, nullable=False),
    Column("outcome", Text),
    Column("reasons", ARRAY(Text), nullable=False, server_default="{}"),
    Column("decided_at", INSTANT),
    Column("decided_by", Text),
    CheckConstraint("outcome IN ('upheld', 'reversed')", name="known_outcome"),
    UniqueConstraint("decision_id"),
    Index("ix_appeals_application", "application_id", "id"),
)

CONFLICTS_OF_INTEREST = Table(
    "conflicts_of_interest",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("reviewer_id", Uuid, nullable=False),
    Column("holder_id", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("declared_at", INSTANT, nullable=False),
    Column("declared_by", Text, nullable=False),
    Column("ended_at", INSTANT),
    Index("ix_conflicts_of_interest_holder", "holder_id"),
    Index("ix_conflicts_of_interest_reviewer", "reviewer_id", "id"),
)

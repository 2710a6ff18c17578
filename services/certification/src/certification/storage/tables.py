"""The tables of this service: applications and what becomes of them, credentials, standings."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shared.database.kernel_tables import attach
from shared.database.naming import service_metadata

METADATA = attach(service_metadata())
INSTANT = DateTime(timezone=True)
KNOWN_KIND = "kind IN ('provider', 'program')"
SPAN = "effective_from < effective_until"

PROGRAM_NUMBERS = Sequence("program_numbers", metadata=METADATA)
PROVIDER_NUMBERS = Sequence("provider_numbers", metadata=METADATA)

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

CERTIFICATIONS = Table(
    "certifications",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, ForeignKey("applications.id"), nullable=False),
    Column("decision_id", Uuid, ForeignKey("decisions.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("holder_id", Uuid, nullable=False),
    Column("level", Text),
    Column("number", Text, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("application_id"),
    UniqueConstraint("decision_id"),
    UniqueConstraint("number"),
    CheckConstraint(KNOWN_KIND, name="known_kind"),
    CheckConstraint(SPAN, name="span"),
    Index("ix_certifications_holder", "holder_id", "effective_from"),
)

PROGRAMS = Table(
    "programs",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("headquarters_county", Text, nullable=False),
    Column("served_counties", ARRAY(Text), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_programs_headquarters", "headquarters_county"),
    Index("ix_programs_served", "served_counties", postgresql_using="gin"),
)

SCORER_CREDENTIALS = Table(
    "scorer_credentials",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("scorer_id", Uuid, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date, nullable=False),
    Column("reference", Text, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("recorded_by", Text, nullable=False),
    CheckConstraint("instrument IN ('static-99r', 'sra-fv', 'ls-cmi')", name="known_instrument"),
    CheckConstraint(SPAN, name="span"),
    Index("ix_scorer_credentials_scorer", "scorer_id", "id"),
)

EXAMINER_STANDINGS = Table(
    "examiner_standings",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("examiner_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("qualification", Text, nullable=False),
    Column("training_hours", Integer, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("recorded_by", Text, nullable=False),
    CheckConstraint("training_hours >= 0", name="training_hours"),
    CheckConstraint(SPAN, name="span"),
    Index("ix_examiner_standings_examiner", "examiner_id", "id"),
)

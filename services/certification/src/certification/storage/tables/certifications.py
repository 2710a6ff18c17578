"""Certifications, and the sequences that generate the public numbers."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
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
from sqlalchemy.dialects.postgresql import ARRAY

from certification.storage.tables.metadata import INSTANT, KNOWN_KIND, METADATA, SPAN

PROGRAM_NUMBERS = Sequence("program_numbers", metadata=METADATA)
PROVIDER_NUMBERS = Sequence("provider_numbers", metadata=METADATA)

CERTIFICATIONS = Table(
    "certifications",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, ForeignKey("applications.id")),
    Column("decision_id", Uuid, ForeignKey("decisions.id")),
    Column("kind", Text, nullable=False),
    Column("holder_id", Uuid, nullable=False),
    Column("level", Text),
    Column("number", Text, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date, nullable=False),
    Column("conditions", ARRAY(Text), nullable=False, server_default="{}"),
    Column("public_conditions", ARRAY(Text), nullable=False, server_default="{}"),
    Column("continued_days", Integer, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False),
    UniqueConstraint("application_id"),
    UniqueConstraint("decision_id"),
    CheckConstraint(KNOWN_KIND, name="known_kind"),
    CheckConstraint(SPAN, name="span"),
    Index("ix_certifications_holder", "holder_id", "effective_from"),
    Index("ix_certifications_number", "number"),
)

CERTIFICATION_CHANGES = Table(
    "certification_changes",
    METADATA,
    Column("certification_id", Uuid, ForeignKey("certifications.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("change", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("with_certification_id", Uuid, ForeignKey("certifications.id")),
    PrimaryKeyConstraint("certification_id", "number"),
    CheckConstraint(
        "change IN ('granted', 'corrected', 'continued', 'suspended', 'reinstated', 'revoked', "
        "'surrendered', 'renewed', 'upgraded', 'expired', 'voided')",
        name="known_change",
    ),
)

CERTIFICATION_STANDINGS = Table(
    "certification_standings",
    METADATA,
    Column("certification_id", Uuid, ForeignKey("certifications.id"), nullable=False),
    Column("holder_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("level", Text),
    Column("status", Text, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date),
    Column("certified_since", Date),
    Column("is_announced", Boolean, nullable=False, server_default="true"),
    PrimaryKeyConstraint("certification_id", "effective_from"),
    CheckConstraint(
        "status IN ('certified', 'suspended', 'revoked', 'surrendered', 'replaced', 'expired', "
        "'voided')",
        name="known_status",
    ),
    Index("ix_certification_standings_holder", "holder_id", "effective_from"),
    Index("ix_certification_standings_number", "number", "effective_from"),
    Index(
        "ix_certification_standings_unannounced",
        "effective_from",
        postgresql_where=text("NOT is_announced"),
    ),
)

SUPERVISION_AGREEMENTS = Table(
    "supervision_agreements",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("supervisee_id", Uuid, nullable=False),
    Column("supervisor_id", Uuid, ForeignKey("providers.id"), nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date),
    Column("recorded_at", INSTANT, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("effective_from <= effective_until", name="span"),
    CheckConstraint("supervisee_id <> supervisor_id", name="two_people"),
    Index("ix_supervision_agreements_supervisor", "supervisor_id"),
    Index("ix_supervision_agreements_supervisee", "supervisee_id"),
)

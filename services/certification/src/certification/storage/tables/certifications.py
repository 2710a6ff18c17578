"""Certifications, and the sequences that give the public numbers."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from certification.storage.tables.metadata import KNOWN_KIND, METADATA, SPAN

PROGRAM_NUMBERS = Sequence("program_numbers", metadata=METADATA)
PROVIDER_NUMBERS = Sequence("provider_numbers", metadata=METADATA)

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

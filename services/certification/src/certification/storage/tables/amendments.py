"""Amendments of names, levels and conditions, with the values before and after."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from certification.storage.tables.metadata import INSTANT, METADATA

AMENDMENTS = Table(
    "amendments",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("amended", Text, nullable=False),
    Column("holder_id", Uuid, nullable=False),
    Column("certification_id", Uuid, ForeignKey("certifications.id")),
    Column("former", JSONB, nullable=False),
    Column("now", JSONB, nullable=False),
    Column("effective_from", Date),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("recorded_by", Text, nullable=False),
    CheckConstraint("amended IN ('name', 'level', 'conditions')", name="known"),
    CheckConstraint("(amended = 'name') = (certification_id IS NULL)", name="certification"),
    Index("ix_amendments_holder", "holder_id", "id"),
    Index("ix_amendments_certification", "certification_id", "id"),
)

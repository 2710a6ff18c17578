"""Scorer credentials and examiners' standings, which others grant and the Board records."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)

from certification.storage.tables.metadata import INSTANT, METADATA, SPAN

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
    Column("ended_on", Date),
    Column("ended_because", Text),
    Column("superseded_by", Uuid),
    Column("is_end_announced", Boolean, nullable=False, server_default="false"),
    Column("version", Integer, nullable=False, server_default="1"),
    CheckConstraint("instrument IN ('static-99r', 'sra-fv', 'ls-cmi')", name="known_instrument"),
    CheckConstraint(SPAN, name="span"),
    Index(
        "ix_scorer_credentials_unannounced",
        "effective_until",
        postgresql_where=text("NOT is_end_announced"),
    ),
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
    Column("ended_on", Date),
    Column("ended_because", Text),
    Column("superseded_by", Uuid),
    Column("is_end_announced", Boolean, nullable=False, server_default="false"),
    Column("version", Integer, nullable=False, server_default="1"),
    CheckConstraint("training_hours >= 0", name="training_hours"),
    CheckConstraint(SPAN, name="span"),
    Index(
        "ix_examiner_standings_unannounced",
        "effective_until",
        postgresql_where=text("NOT is_end_announced"),
    ),
    Index("ix_examiner_standings_examiner", "examiner_id", "id"),
)

"""Programs that were certified once."""

from sqlalchemy import Column, Index, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from certification.storage.tables.metadata import METADATA

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

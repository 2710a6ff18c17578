"""Who was certified once: programs and providers."""

from sqlalchemy import Column, Index, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from certification.storage.tables.metadata import METADATA

PROGRAMS = Table(
    "programs",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("applicant_id", Uuid),
    Column("headquarters_county", Text, nullable=False),
    Column("served_counties", ARRAY(Text), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_programs_headquarters", "headquarters_county"),
    Index("ix_programs_served", "served_counties", postgresql_using="gin"),
)

PROVIDERS = Table(
    "providers",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("applicant_id", Uuid),
    Column("version", Integer, nullable=False),
)

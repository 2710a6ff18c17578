"""The counting service's own tables: what it noted, and the projection that follows from it.

`notes` has no unique key on purpose: an event applied twice must be seen, not prevented.
"""

from sqlalchemy import ARRAY, BigInteger, Column, Identity, Integer, Table, Uuid

from shared.database.naming import service_metadata
from shared.schema.kernel_tables import attach

METADATA = attach(service_metadata())

NOTES = Table(
    "notes",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("thing_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
)

TALLIES = Table(
    "tallies",
    METADATA,
    Column("thing_id", Uuid, primary_key=True),
    Column("numbers", ARRAY(Integer), nullable=False),
)

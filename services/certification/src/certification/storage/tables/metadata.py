"""What the tables of this service share: the metadata, and what several of them say alike."""

from sqlalchemy import DateTime

from shared.database.kernel_tables import attach
from shared.database.naming import service_metadata

METADATA = attach(service_metadata())
INSTANT = DateTime(timezone=True)
KNOWN_KIND = "kind IN ('provider', 'program')"
SPAN = "effective_from < effective_until"

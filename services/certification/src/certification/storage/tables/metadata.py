"""The metadata and the constraints that this service's tables share."""

from sqlalchemy import DateTime

from shared.database.naming import service_metadata
from shared.schema.kernel_tables import attach

METADATA = attach(service_metadata())
INSTANT = DateTime(timezone=True)
KNOWN_KIND = "kind IN ('provider', 'program')"
SPAN = "effective_from < effective_until"

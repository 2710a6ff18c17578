"""Where Alembic finds this service's tables."""

from shared.schema.migration import run_environment
from supervision.storage.tables import METADATA

run_environment(METADATA)

"""Where Alembic finds this service's tables."""

from doj_gateway.storage.tables import METADATA
from shared.schema.migration import run_environment

run_environment(METADATA)

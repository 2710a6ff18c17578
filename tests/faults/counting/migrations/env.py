"""Where Alembic finds the counting service's tables."""

from faults.counting.tables import METADATA
from shared.schema.migration import run_environment

run_environment(METADATA)

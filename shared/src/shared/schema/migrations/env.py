"""Where Alembic finds the tables that every service has."""

from sqlalchemy import MetaData

from shared.schema.kernel_tables import attach
from shared.schema.migration import run_environment

run_environment(attach(MetaData()))

"""Revision 0001 of every service: the kernel's tables, frozen as the SQL beside this file."""

from importlib.resources import files

from alembic import op


def create() -> None:
    """Create the kernel's tables; called by a service's first migration."""
    script = files("shared.database").joinpath("kernel_0001.sql").read_text()
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement)

"""The schema that all services share, by revision; each is a fixed SQL file in this folder."""

from importlib.resources import files

from alembic import op


def apply(revision: str) -> None:
    """Run one revision's statements; called by a migration of each service."""
    script = files("shared.schema").joinpath(f"kernel_{revision}.sql").read_text()
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement)

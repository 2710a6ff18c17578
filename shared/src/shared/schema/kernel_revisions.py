"""The schema that all services share, by revision; each an SQL file beside its migration."""

from alembic import op

from shared.schema.schema_check import KERNEL_MIGRATIONS


def script_of(revision: str) -> str:
    """The statements of one revision."""
    return (KERNEL_MIGRATIONS / "versions" / f"{revision}.sql").read_text()


def apply(revision: str) -> None:
    """Run one revision's statements; called by its migration."""
    for statement in script_of(revision).split(";\n"):
        if statement.strip():
            op.execute(statement)

"""The SQL of only the tables that every service has, from all revisions in order."""

from shared.schema.schema_check import KERNEL_MIGRATIONS


def kernel_schema() -> str:
    """Return every revision's statements as one script."""
    scripts = sorted((KERNEL_MIGRATIONS / "versions").glob("kernel_*.sql"))
    return "".join(script.read_text() for script in scripts)

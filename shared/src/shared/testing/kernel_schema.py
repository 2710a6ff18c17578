"""The kernel's tables alone, as the revisions make them one after the other."""

from shared.schema.schema_check import KERNEL_MIGRATIONS


def kernel_schema() -> str:
    """Return every revision's statements as one script."""
    scripts = sorted((KERNEL_MIGRATIONS / "versions").glob("kernel_*.sql"))
    return "".join(script.read_text() for script in scripts)

"""Every revision of the kernel at once, and the counting service's own tables."""

from importlib.resources import files

from alembic import op

from faults.counting.tables import NOTES, TALLIES
from shared.schema import kernel_revisions

revision = "0001_counting"
down_revision = None


def upgrade() -> None:
    scripts = sorted(each.name for each in files("shared.schema").iterdir())
    for script in scripts:
        if script.startswith("kernel_") and script.endswith(".sql"):
            kernel_revisions.apply(script.removeprefix("kernel_").removesuffix(".sql"))
    for table in (NOTES, TALLIES):
        table.create(op.get_bind())

"""A site or a link that was recorded by mistake ends on the day it begins: it never held."""

from alembic import op

revision = "0011_spans_that_never_held"
down_revision = "0010_program_changes"

TABLES = ("program_sites", "program_providers")
SPAN = "effective_until IS NULL OR effective_from <= effective_until"


def upgrade() -> None:
    for table in TABLES:
        name = op.f(f"ck_{table}_span")
        op.drop_constraint(name, table, type_="check")
        op.create_check_constraint(name, table, SPAN)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

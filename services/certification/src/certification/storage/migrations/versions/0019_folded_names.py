"""Names are folded by one function, in Python, for searching, sorting and finding doubles.

The formula in the column knew no letters that Unicode does not take apart, such as those of Đình,
Łódź or Søren, and no word without its apostrophe. Whoever changes the fold writes the columns anew.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from certification.domain.folded_names import folded_program_name, folded_provider_name

revision = "0019_folded_names"
down_revision = "0018_amendments"


def upgrade() -> None:
    op.execute("ALTER TABLE programs ALTER COLUMN folded_name DROP EXPRESSION")
    op.execute("ALTER TABLE providers ADD COLUMN folded_name text")
    _fold("programs", folded_program_name)
    _fold("providers", folded_provider_name)
    op.execute("DROP INDEX ix_programs_name_part")
    op.execute(
        "CREATE INDEX ix_programs_name_part ON programs"
        " USING gin (replace(folded_name, ' ', '') gin_trgm_ops)"
    )
    op.execute("CREATE INDEX ix_providers_name ON providers (folded_name)")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")


def _fold(name: str, fold: Callable[[str], str]) -> None:
    table = sa.table(name, sa.column("id", sa.Uuid), sa.column("name"), sa.column("folded_name"))
    rows = op.get_bind().execute(sa.select(table.c.id, table.c.name)).all()
    if not rows:
        return
    op.get_bind().execute(
        sa.update(table)
        .where(table.c.id == sa.bindparam("whose"))
        .values(folded_name=sa.bindparam("folded")),
        [{"whose": row.id, "folded": fold(row.name)} for row in rows],
    )

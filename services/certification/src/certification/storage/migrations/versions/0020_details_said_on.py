"""On which day a program last said what it says of itself: that it accepts clients goes stale."""

from alembic import op

revision = "0020_details_said_on"
down_revision = "0019_folded_names"

STATEMENTS = (
    "ALTER TABLE programs ADD COLUMN details_said_on date",
    """
    UPDATE programs SET details_said_on = said.last
    FROM (
        SELECT program_id, max((at AT TIME ZONE 'America/Los_Angeles')::date) AS last
        FROM program_changes WHERE change = 'details' GROUP BY program_id
    ) AS said
    WHERE said.program_id = programs.id
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")

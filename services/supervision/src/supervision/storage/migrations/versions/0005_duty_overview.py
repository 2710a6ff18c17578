"""Adds the overview of the duties of all ledgers, filled with those of this service."""

import sqlalchemy as sa
from alembic import op

revision = "0005_duty_overview"
down_revision = "0002_supervision"

UNMET = "state IN ('open', 'paused', 'reopened')"
ELSEWHERE = "owner_agency IS DISTINCT FROM case_agency"
BY_DUE = ("due_on", "id")


def upgrade() -> None:
    _known_duties()
    _own_duties()
    _index("case", "case_id")
    _index("due", *BY_DUE)
    _index("agency_due", "case_agency", *BY_DUE)
    _index("person_due", "owner_person", *BY_DUE)
    _index("elsewhere_due", "owner_agency", *BY_DUE, where=ELSEWHERE)
    _unmet("unmet", *BY_DUE)
    _unmet("agency_unmet", "case_agency", *BY_DUE)
    _unmet("unit_unmet", "case_agency", "case_unit", *BY_DUE)
    _unmet("person_unmet", "owner_person", *BY_DUE)
    _unmet("elsewhere_unmet", "owner_agency", *BY_DUE, where=f"{UNMET} AND {ELSEWHERE}")
    _unmet("caseless_unmet", *BY_DUE, where=f"{UNMET} AND case_id IS NULL")


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")


def _index(name: str, *columns: str, where: str | None = None) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(
        f"ix_known_duties_{name}", "known_duties", list(columns), postgresql_where=condition
    )


def _unmet(name: str, *columns: str, where: str = UNMET) -> None:
    op.create_index(
        f"ix_known_duties_{name}",
        "known_duties",
        list(columns),
        postgresql_where=sa.text(where),
        postgresql_include=["state"],
    )


def _known_duties() -> None:
    op.create_table(
        "known_duties",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("ledger", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("regime", sa.Text, nullable=False),
        sa.Column("about_kind", sa.Text, nullable=False),
        sa.Column("about_id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid),
        sa.Column("case_agency", sa.Text),
        sa.Column("case_unit", sa.Text),
        sa.Column("owner_role", sa.Text, nullable=False),
        sa.Column("owner_agency", sa.Text),
        sa.Column("owner_person", sa.Uuid),
        sa.Column("started_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("met_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "ledger IN ('certification', 'supervision', 'scoring', 'doj-gateway')",
            name="ledger_is_known",
        ),
        sa.CheckConstraint(
            "state IN ('open', 'paused', 'met', 'met-late', 'reopened', 'canceled')",
            name="state_is_known",
        ),
    )


def _own_duties() -> None:
    """Copy this service's own duties. Those of other ledgers arrive with their next event."""
    op.execute(
        """
        INSERT INTO known_duties
        SELECT d.id, 'supervision', d.rule, d.regime, d.subject_kind, d.subject_id, d.case_id,
               c.agency, c.unit, d.owner_role, d.owner_agency, d.owner_person, d.started_on,
               d.due_on, d.due_at, d.state, d.met_on, d.version
          FROM duties d LEFT JOIN cases c ON c.id = d.case_id
        """
    )

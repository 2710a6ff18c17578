"""The table `known_duties`: the latest state of each duty of all four ledgers.

`case_agency` and `case_unit` are copied from the case when the duty is written, because an index
cannot span two tables: without them the first page of an agency would scan the duties of all
others. A case never changes agency or unit; a use case that did so would have to update the copies.
"""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)

from shared.law.duty.duty_tables import IS_UNMET, KNOWN_STATES
from supervision.domain.owed_duties import Ledger

KNOWN_LEDGERS = f"ledger IN ({', '.join(repr(str(each)) for each in Ledger)})"
IS_OWED_ELSEWHERE = "owner_agency IS DISTINCT FROM case_agency"
"""True if the owner does not supervise the case: programs, or agencies without a case."""
HAS_NO_CASE = "case_id IS NULL"


def known_duties_table(metadata: MetaData) -> Table:
    """Build the table `known_duties`."""
    table = Table(
        "known_duties",
        metadata,
        *_what_and_who(),
        Column("started_on", Date, nullable=False),
        Column("due_on", Date, nullable=False),
        Column("due_at", DateTime(timezone=True), nullable=False),
        Column("state", Text, nullable=False),
        Column("met_on", Date),
        Column("version", Integer, nullable=False),
        CheckConstraint(KNOWN_LEDGERS, name="ledger_is_known"),
        CheckConstraint(KNOWN_STATES, name="state_is_known"),
    )
    Index("ix_known_duties_case", table.c.case_id)
    _index_all(table)
    _index_unmet(table)
    return table


def _what_and_who() -> list[Column[Any]]:
    return [
        Column("id", Uuid, primary_key=True),
        Column("ledger", Text, nullable=False),
        Column("rule", Text, nullable=False),
        Column("regime", Text, nullable=False),
        Column("about_kind", Text, nullable=False),
        Column("about_id", Uuid, nullable=False),
        Column("case_id", Uuid),
        Column("case_agency", Text),
        Column("case_unit", Text),
        Column("owner_role", Text, nullable=False),
        Column("owner_agency", Text),
        Column("owner_person", Uuid),
    ]


def _index_all(table: Table) -> None:
    """Add the indexes for reports over years and for lists of duties in a given state."""
    by_due = (table.c.due_on, table.c.id)
    Index("ix_known_duties_due", *by_due)
    Index("ix_known_duties_agency_due", table.c.case_agency, *by_due)
    Index("ix_known_duties_person_due", table.c.owner_person, *by_due)
    Index(
        "ix_known_duties_elsewhere_due",
        *(table.c.owner_agency, *by_due),
        postgresql_where=text(IS_OWED_ELSEWHERE),
    )


def _index_unmet(table: Table) -> None:
    """Add partial indexes of unmet duties, so that lists do not scan years of met duties.

    They include the state, so that counts read only the index.
    """
    by_due = (table.c.due_on, table.c.id)
    columns = {
        "unmet": by_due,
        "agency_unmet": (table.c.case_agency, *by_due),
        "unit_unmet": (table.c.case_agency, table.c.case_unit, *by_due),
        "person_unmet": (table.c.owner_person, *by_due),
        "elsewhere_unmet": (table.c.owner_agency, *by_due),
        "caseless_unmet": by_due,
    }
    more = {"elsewhere_unmet": IS_OWED_ELSEWHERE, "caseless_unmet": HAS_NO_CASE}
    for name, indexed in columns.items():
        conditions = [IS_UNMET, more[name]] if name in more else [IS_UNMET]
        Index(
            f"ix_known_duties_{name}",
            *indexed,
            postgresql_where=text(" AND ".join(conditions)),
            postgresql_include=["state"],
        )

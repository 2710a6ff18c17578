"""The table of work items: one row each, resolved in place and never deleted."""

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

IS_OPEN = "resolved_at IS NULL"
"""A literal in queries too: with a parameter the planner could not use the partial indexes."""
RESOLVED_WHOLE = (
    "(resolved_at IS NULL) = (resolution IS NULL) AND (resolved_at IS NULL) = (resolved_by IS NULL)"
)


def attach_work_items(metadata: MetaData) -> Table:
    """Add the table to a service's tables."""
    table = Table(
        "work_items",
        metadata,
        *_what_and_whose(),
        *_why_and_how_it_ended(),
        CheckConstraint(RESOLVED_WHOLE, name="resolved_whole"),
    )
    _open_once(table)
    _lists(table)
    return table


def _what_and_whose() -> list[Column[Any]]:
    return [
        Column("id", Uuid, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("subject_kind", Text, nullable=False),
        Column("subject_id", Uuid, nullable=False),
        Column("case_id", Uuid),
        Column("owner_role", Text, nullable=False),
        Column("owner_agency", Text),
        Column("owner_unit", Text),
        Column("owner_person", Uuid),
    ]


def _why_and_how_it_ended() -> list[Column[Any]]:
    return [
        Column("because", Text, nullable=False),
        Column("evidence_kind", Text, nullable=False),
        Column("evidence_id", Uuid, nullable=False),
        Column("fact_id", Uuid, nullable=False),
        Column("effective_on", Date),
        Column("opened_at", DateTime(timezone=True), nullable=False),
        Column("resolution", Text),
        Column("resolved_at", DateTime(timezone=True)),
        Column("resolved_by", Text),
        Column("version", Integer, nullable=False),
    ]


def _open_once(table: Table) -> None:
    about = (table.c.kind, table.c.subject_kind, table.c.subject_id)
    Index("uq_work_items_fact", *about, table.c.fact_id, unique=True)
    Index(
        "uq_work_items_open",
        *(*about, table.c.evidence_kind, table.c.evidence_id),
        unique=True,
        postgresql_where=text(IS_OPEN),
    )


def _lists(table: Table) -> None:
    """Partial indexes of open work items, so that their lists skip years of resolved ones."""
    opened, is_open = (table.c.opened_at, table.c.id), text(IS_OPEN)
    Index("ix_work_items_opened", *opened)
    Index("ix_work_items_subject", table.c.subject_id)
    Index("ix_work_items_case", table.c.case_id)
    Index("ix_work_items_open", *opened, postgresql_where=is_open)
    Index("ix_work_items_agency_open", table.c.owner_agency, *opened, postgresql_where=is_open)
    Index("ix_work_items_person_open", table.c.owner_person, *opened, postgresql_where=is_open)


WORK_ITEMS = attach_work_items(MetaData())
"""For queries; migrations use the table attached to a service's metadata."""

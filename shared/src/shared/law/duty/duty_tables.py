"""The tables of duties: one row per duty, and one row per change, which is never overwritten."""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.law.counting.notices import NoticeKind
from shared.law.duty.duties import UNMET, DutyState

SORTED_UNMET = [state for state in DutyState if state in UNMET]
KNOWN_NOTICES = f"kind IN ({', '.join(repr(str(kind)) for kind in NoticeKind)})"
KNOWN_STATES = f"state IN ({', '.join(repr(str(state)) for state in DutyState)})"
IS_UNMET = f"state IN ({', '.join(repr(str(state)) for state in SORTED_UNMET)})"
"""A literal in queries too: with a parameter the planner could not use the partial indexes."""
NOT_CANCELED = f"state <> '{DutyState.CANCELED}'"


def attach_duties(metadata: MetaData) -> None:
    """Add the tables to a service's tables."""
    duties_table(metadata)
    duty_changes_table(metadata)
    duty_notices_table(metadata)


def duties_table(metadata: MetaData) -> Table:
    """The table `duties`; a start fact opens one duty, unless what it opened was canceled."""
    table = Table(
        "duties",
        metadata,
        *_law_and_owner(),
        *_clock_and_state(),
        CheckConstraint(KNOWN_STATES, name="known_state"),
    )
    Index(
        "uq_duties_start",
        *(table.c.rule, table.c.subject_kind, table.c.subject_id),
        *(table.c.started_by, table.c.started_on),
        unique=True,
        postgresql_where=text(NOT_CANCELED),
    )
    Index("ix_duties_subject", table.c.subject_id, table.c.rule)
    Index("ix_duties_due", table.c.due_at, table.c.id)
    Index("ix_duties_agency_due", table.c.owner_agency, table.c.due_at, table.c.id)
    Index("ix_duties_person_due", table.c.owner_person, table.c.due_at, table.c.id)
    Index("ix_duties_state_due", table.c.state, table.c.due_at, table.c.id)
    Index("ix_duties_case", table.c.case_id)
    _index_unmet(table)
    Index(
        "ix_duties_next_look",
        *(table.c.next_look_at, table.c.id),
        postgresql_where=text("next_look_at IS NOT NULL"),
    )
    return table


def duty_changes_table(metadata: MetaData) -> Table:
    """The table `duty_changes`: what happened to a duty, who did it, why, and the evidence."""
    table = Table(
        "duty_changes",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("duty_id", Uuid, ForeignKey("duties.id"), nullable=False),
        Column("version", Integer, nullable=False),
        Column("change", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("due_on", Date, nullable=False),
        Column("owner_role", Text, nullable=False),
        Column("owner_agency", Text),
        Column("owner_person", Uuid),
        Column("happened_on", Date, nullable=False),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("actor", Text, nullable=False),
        Column("reason", Text),
        Column("evidence", Text),
        CheckConstraint(KNOWN_STATES, name="known_state"),
    )
    Index("uq_duty_changes_version", table.c.duty_id, table.c.version, unique=True)
    return table


def duty_notices_table(metadata: MetaData) -> Table:
    """The table `duty_notices`: each notice of a due date to an owner, once.

    `owner` is the owing role and whose; a step's number has another meaning under another regime.
    """
    return Table(
        "duty_notices",
        metadata,
        Column("duty_id", Uuid, ForeignKey("duties.id"), primary_key=True),
        Column("due_on", Date, primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("notify", Text, primary_key=True),
        Column("days", SmallInteger, primary_key=True),
        Column("owner", Text, primary_key=True),
        Column("step", SmallInteger, nullable=False),
        Column("given_at", DateTime(timezone=True), nullable=False),
        CheckConstraint(KNOWN_NOTICES, name="kind_is_known"),
    )


def _index_unmet(table: Table) -> None:
    """Partial indexes of what is still owed, so that lists skip years of met duties."""
    is_unmet = text(IS_UNMET)
    by_due = (table.c.due_at, table.c.id)
    Index("ix_duties_unmet", *by_due, postgresql_where=is_unmet)
    Index("ix_duties_agency_unmet", table.c.owner_agency, *by_due, postgresql_where=is_unmet)
    Index("ix_duties_person_unmet", table.c.owner_person, *by_due, postgresql_where=is_unmet)
    Index("ix_duties_unmet_id", table.c.id, postgresql_where=is_unmet)


def _law_and_owner() -> list[Column[Any]]:
    return [
        Column("id", Uuid, primary_key=True),
        Column("rule", Text, nullable=False),
        Column("regime", Text, nullable=False),
        Column("regime_from", Date, nullable=False),
        Column("edition", Text, nullable=False),
        Column("edition_hash", Text, nullable=False),
        Column("rule_text", Text, nullable=False),
        Column("citation", Text, nullable=False),
        Column("calendar", Text),
        Column("calendar_hash", Text),
        Column("subject_kind", Text, nullable=False),
        Column("subject_id", Uuid, nullable=False),
        Column("case_id", Uuid),
        Column("owner_role", Text, nullable=False),
        Column("owner_agency", Text),
        Column("owner_person", Uuid),
    ]


def _clock_and_state() -> list[Column[Any]]:
    return [
        Column("started_by", Text, nullable=False),
        Column("facts", JSONB, nullable=False),
        Column("opened_at", DateTime(timezone=True), nullable=False),
        Column("started_on", Date, nullable=False),
        Column("due_on", Date, nullable=False),
        Column("due_at", DateTime(timezone=True), nullable=False),
        Column("state", Text, nullable=False),
        Column("pauses", JSONB, nullable=False),
        Column("paused_on", Date),
        Column("pause_reason", Text),
        Column("met_on", Date),
        Column("met_at", DateTime(timezone=True)),
        Column("was_due_on", Date),
        Column("next_step", SmallInteger, nullable=False),
        Column("next_look_at", DateTime(timezone=True)),
        Column("version", Integer, nullable=False),
    ]


_OWN = MetaData()
DUTIES = duties_table(_OWN)
"""For queries; migrations use the tables attached to a service's metadata."""
DUTY_CHANGES = duty_changes_table(_OWN)
DUTY_NOTICES = duty_notices_table(_OWN)

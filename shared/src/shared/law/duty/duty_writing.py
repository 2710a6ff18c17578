"""Writes a duty and the history of its change in one statement.

Opening adds one statement to its transaction; a change adds one beside the one that locks the row.
The transaction buffers the event of the change with all others.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Select,
    bindparam,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_or_leave
from sqlalchemy.sql.expression import CTE

from shared.database.transaction import Transaction
from shared.events.event import Event
from shared.identifiers import new_id
from shared.law.duty.duties import Duty
from shared.law.duty.duty_rows import row_of
from shared.law.duty.duty_tables import DUTIES, DUTY_CHANGES

CHANGE_COLUMNS = tuple(column.name for column in DUTY_CHANGES.columns)
INSERT_DUTY = insert(DUTIES)
INSERT_CHANGE = insert(DUTY_CHANGES)
_MOVING_COLUMNS = tuple(column.name for column in DUTIES.columns if column.name != "id")
UPDATE_DUTY = (
    update(DUTIES)
    .where(DUTIES.c.id == bindparam("duty_id"))
    .values({name: bindparam(f"new_{name}") for name in _MOVING_COLUMNS})
)


@dataclass(frozen=True)
class DutyChange:
    """The fields of the history that are not in the duty itself."""

    what: str
    happened_on: date
    reason: str | None = None
    evidence: str | None = None


async def open_row(tx: Transaction, duty: Duty, change: DutyChange) -> bool:
    """Write a new duty; False, with nothing written, if its start fact has already opened one."""
    opened = (
        insert_or_leave(DUTIES)
        .values(**row_of(duty))
        .on_conflict_do_nothing()
        .returning(DUTIES.c.id)
        .cte("opened")
    )
    written = await tx.execute(_with_history(tx, opened, duty, change))
    if written.scalar_one_or_none() is None:
        return False
    tx.count_as_locked(duty.id)
    return True


def open_rows_soon(
    tx: Transaction, opened: list[tuple[Duty, DutyChange]], events: list[Event]
) -> None:
    """Write many duties that cannot exist yet in two round trips, and publish each."""
    for duty, _ in opened:
        tx.write_soon(INSERT_DUTY, row_of(duty))
        tx.count_as_locked(duty.id)
    for duty, change in opened:
        tx.write_soon(INSERT_CHANGE, _history_of(tx, duty, change))
    for event in events:
        tx.publish(event)


async def update_row(tx: Transaction, duty: Duty, change: DutyChange, event: Event) -> Duty:
    """Write the new state of a locked duty, and publish it."""
    values = {name: value for name, value in row_of(duty).items() if name != "id"}
    kept = (
        update(DUTIES)
        .where(DUTIES.c.id == duty.id)
        .values(**values)
        .returning(DUTIES.c.id)
        .cte("kept")
    )
    await tx.execute(_with_history(tx, kept, duty, change))
    tx.publish(event)
    return duty


def update_rows_soon(
    tx: Transaction, changed: list[tuple[Duty, DutyChange]], events: list[Event]
) -> None:
    """Write many locked duties in two round trips, and publish each."""
    for duty, _ in changed:
        values = {f"new_{name}": value for name, value in row_of(duty).items()}
        tx.write_soon(UPDATE_DUTY, {"duty_id": duty.id, **values})
    for duty, change in changed:
        tx.write_soon(INSERT_CHANGE, _history_of(tx, duty, change))
    for event in events:
        tx.publish(event)


def _with_history(tx: Transaction, written: CTE, duty: Duty, change: DutyChange) -> Select[Any]:
    """Write the history in the same statement, only if the row was written."""
    history = _history_of(tx, duty, change)
    values: list[ColumnElement[Any]] = [
        literal(history[name], DUTY_CHANGES.c[name].type) for name in CHANGE_COLUMNS
    ]
    noted: Insert = insert(DUTY_CHANGES).from_select(
        list(CHANGE_COLUMNS), select(*values).select_from(written)
    )
    return select(written.c.id).add_cte(noted.cte("noted"))


def _history_of(tx: Transaction, duty: Duty, change: DutyChange) -> dict[str, Any]:
    return {
        "id": new_id(),
        "duty_id": duty.id,
        "version": duty.version,
        "change": change.what,
        "state": duty.state,
        "due_on": duty.due_on,
        "owner_role": duty.owner.role,
        "owner_agency": duty.owner.agency,
        "owner_person": duty.owner.person,
        "happened_on": change.happened_on,
        "recorded_at": tx.now,
        "actor": tx.actor.subject,
        "reason": change.reason,
        "evidence": change.evidence,
    }

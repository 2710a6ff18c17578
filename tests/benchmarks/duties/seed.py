"""A ledger of a million open duties, each with the date that the law gives it.

Some have a notice to be given at NOW; closed ones of earlier years lie beneath.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from shared.identifiers import new_id
from shared.law.counting.deadlines import Deadline, deadline
from shared.law.counting.facts import Fact
from shared.law.duty.duties import DutyState
from shared.law.in_force import Law

NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
NEAR_START = date(2026, 10, 29)
"""Five working days later is three days after NOW: the owner's notice is to be given."""
FIRST_START, START_DAYS = date(2026, 11, 2), 120
FIRST_CLOSED, CLOSED_DAYS = date(2024, 1, 2), 600
AGENCIES, OFFICERS, AT_ONCE = 60, 2_000, 100_000
RULE = "dynamic-score-to-doj"

COLUMNS = (
    *("id", "rule", "regime", "regime_from", "edition", "edition_hash", "rule_text", "citation"),
    *("calendar", "calendar_hash", "subject_kind", "subject_id", "case_id", "owner_role"),
    *("owner_agency", "owner_person", "started_by", "facts", "opened_at", "started_on", "due_on"),
    *("due_at", "state", "pauses", "next_step", "next_look_at", "met_on", "version"),
)


@dataclass(frozen=True)
class Sizes:
    """How many duties of each kind a ledger has."""

    open: int
    near: int
    closed: int


def agency(number: int) -> str:
    """The code of the agency of an invented officer."""
    return f"agency-{number % OFFICERS % AGENCIES}"


def officer(number: int) -> UUID:
    """The id of an invented officer."""
    return UUID(int=1 + number % OFFICERS)


async def make_ledger(connection: asyncpg.Connection, law: Law, sizes: Sizes) -> None:
    """Fill the empty table `duties`."""
    spans = (
        (sizes.closed, FIRST_CLOSED, CLOSED_DAYS, DutyState.MET),
        (sizes.open - sizes.near, FIRST_START, START_DAYS, DutyState.OPEN),
        (sizes.near, NEAR_START, 1, DutyState.OPEN),
    )
    for count, first, days, state in spans:
        counted = [_counted(law, first + timedelta(days=n)) for n in range(days)]
        for start in range(0, count, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, count))
            records = _records(counted, numbers, state)
            await connection.copy_records_to_table("duties", records=records, columns=COLUMNS)
    await connection.execute("VACUUM (ANALYZE) duties", timeout=600)


def _counted(law: Law, received: date) -> Deadline:
    assessed = Fact("assessment", received - timedelta(days=4))
    return deadline(law.edition, RULE, [assessed, Fact("receipt", received)], law.calendars)


def _records(
    counted: list[Deadline], numbers: range, state: DutyState
) -> Iterator[tuple[Any, ...]]:
    for number in numbers:
        yield _record(counted[number % len(counted)], number, state)


def _record(due: Deadline, number: int, state: DutyState) -> tuple[Any, ...]:
    regime, calendar = due.regime, due.calendar
    received = datetime(*due.started_on.timetuple()[:3], 18, tzinfo=UTC)
    is_open = state is DutyState.OPEN
    return (
        *(new_id(), due.rule.name, regime.name, regime.span.effective_from, due.edition.name),
        *(due.edition.hash, regime.text, regime.citation),
        *(calendar and calendar.name, calendar and calendar.hash),
        *("assessment", new_id(), new_id(), due.owner_role, agency(number), officer(number)),
        *(due.start.name, _facts(due, received, number), received, due.started_on, due.due_on),
        *(due.due_at, state, "[]", 1, regime.notices[0].at(due.due_on) if is_open else None),
        *(None if is_open else due.due_on, 1),
    )


def _facts(due: Deadline, received: datetime, number: int) -> str:
    assessed = due.started_on - timedelta(days=4)
    return json.dumps(
        [
            {"name": "assessment", "on": assessed.isoformat(), "evidence": f"assessment {number}"},
            {"name": "receipt", "at": received.isoformat(), "evidence": f"receipt {number}"},
        ]
    )

"""Data for the queue forecast: open applications, and recent moves of others.

A few statements grouped in the database, because tens of thousands of applications are open and
more are closed.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Row,
    Select,
    Text,
    and_,
    cast,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.sql.elements import SQLColumnExpression

from certification.domain.application_moves import UNDECIDED, ApplicationState
from certification.domain.duty_rules import DECIDE_APPLICATION, SCREEN_APPLICATION
from certification.domain.forecast.open_files import OpenFile, Stage
from certification.domain.forecast.tallies import Answered, Completed, Tallies, Worked
from certification.storage.tables.applications import (
    APPLICATION_MOVES,
    APPLICATIONS,
    ASSIGNMENTS,
    DECISIONS,
)
from shared.clock import CALIFORNIA, california_date, end_of_day
from shared.database.transaction import Transaction
from shared.law.duty.duty_queries import IS_UNMET_CLAUSE
from shared.law.duty.duty_tables import DUTIES

ZONE: ColumnElement[str] = literal_column(f"'{CALIFORNIA.key}'")
"""A literal, because PostgreSQL does not treat two equal parameters as the same in GROUP BY."""
WAITING = ApplicationState.WAITING_ON_APPLICANT
STAGES: Mapping[str, Stage] = {
    ApplicationState.IN_REVIEW: Stage.IN_REVIEW,
    ApplicationState.COMPLETE: Stage.IN_LINE,
    WAITING: Stage.PAUSED,
}
"""The stage by state, for applications that were complete before; any other state is cured."""


async def open_files(tx: Transaction) -> list[OpenFile]:
    """Read every submitted, undecided application with its due date in the ledger."""
    since = await _waiting_since(tx)
    application, duty = APPLICATIONS.c, DUTIES.c
    statement = (
        select(
            *(application.id, application.state, application.received_on),
            *(application.completed_at, duty.due_on),
        )
        .select_from(
            APPLICATIONS.outerjoin(
                DUTIES,
                and_(
                    duty.subject_id == application.id,
                    duty.rule == DECIDE_APPLICATION,
                    IS_UNMET_CLAUSE,
                ),
            )
        )
        .where(application.state.in_(UNDECIDED))
    )
    today = tx.today
    return [_open_file(row, since, today) for row in await tx.execute(statement)]


async def tallies(tx: Transaction, since: date) -> Tallies:
    """Count what happened from the beginning of a day in California on."""
    begin = end_of_day(since - timedelta(days=1))
    completed = _completed().where(APPLICATIONS.c.found_complete_at >= begin)
    decided = (
        select(_day(DECISIONS.c.decided_at), DECISIONS.c.decided_by, func.count())
        .where(DECISIONS.c.decided_at >= begin)
        .group_by(_day(DECISIONS.c.decided_at), DECISIONS.c.decided_by)
    )
    given = (
        select(_day(ASSIGNMENTS.c.assigned_at), cast(ASSIGNMENTS.c.reviewer_id, Text), literal(0))
        .where(ASSIGNMENTS.c.assigned_at >= begin)
        .distinct()
    )
    answered = _answered().where(APPLICATION_MOVES.c.at >= begin)
    return Tallies(
        [Completed._make(row) for row in await tx.execute(completed)],
        [Worked._make(row) for row in await tx.execute(union_all(decided, given))],
        [Answered._make(row) for row in await tx.execute(answered)],
    )


async def screenings_due(tx: Transaction) -> list[date]:
    """Return the due date of every open check for completeness."""
    statement = select(DUTIES.c.due_on).where(DUTIES.c.rule == SCREEN_APPLICATION, IS_UNMET_CLAUSE)
    return list((await tx.execute(statement)).scalars())


async def screened(tx: Transaction, since: date) -> dict[date, int]:
    """Return the number of checks for completeness per day, up to yesterday."""
    statement = (
        select(DUTIES.c.met_on, func.count().label("checks"))
        .where(
            DUTIES.c.rule == SCREEN_APPLICATION,
            DUTIES.c.met_on >= since,
            DUTIES.c.met_on < tx.today,
        )
        .group_by(DUTIES.c.met_on)
    )
    return {row.met_on: row.checks for row in await tx.execute(statement)}


def _open_file(row: Row[Any], since: Mapping[UUID, date], today: date) -> OpenFile:
    stage = _stage(row.state, is_complete=row.completed_at is not None)
    paused_on = since.get(row.id, today) if stage is Stage.PAUSED else None
    return OpenFile(row.id, stage, row.received_on, row.completed_at, paused_on, row.due_on)


def _stage(state: str, *, is_complete: bool) -> Stage:
    if not is_complete:
        return Stage.NOT_COMPLETE
    return STAGES.get(state, Stage.CURED)


async def _waiting_since(tx: Transaction) -> dict[UUID, date]:
    """Return the day of the notice that each complete application waits for."""
    waiting = select(APPLICATIONS.c.id).where(
        APPLICATIONS.c.state == WAITING, APPLICATIONS.c.completed_at.is_not(None)
    )
    move = APPLICATION_MOVES.c
    statement = (
        select(move.application_id, func.max(move.at).label("at"))
        .where(move.to_state == WAITING, move.application_id.in_(waiting))
        .group_by(move.application_id)
    )
    rows = await tx.execute(statement)
    return {row.application_id: california_date(row.at) for row in rows}


def _completed() -> Select[Any]:
    """Count the applications that joined the line per day, when they were found complete."""
    on = _day(APPLICATIONS.c.found_complete_at)
    received_on = APPLICATIONS.c.received_on
    return select(on, received_on, func.count()).group_by(on, received_on)


def _answered() -> Select[date, date]:
    """Return the days that answers took to notices on complete applications."""
    answer, notice, earlier = (
        APPLICATION_MOVES,
        APPLICATION_MOVES.alias(),
        APPLICATION_MOVES.alias(),
    )
    before = (
        select(func.max(earlier.c.number))
        .where(
            earlier.c.application_id == answer.c.application_id,
            earlier.c.number < answer.c.number,
        )
        .scalar_subquery()
    )
    return (
        select(_day(answer.c.at), _day(answer.c.at) - _day(notice.c.at))
        .join_from(answer, APPLICATIONS, APPLICATIONS.c.id == answer.c.application_id)
        .join(
            notice,
            and_(notice.c.application_id == answer.c.application_id, notice.c.number == before),
        )
        .where(
            answer.c.from_state == WAITING,
            answer.c.to_state == ApplicationState.INCOMPLETE,
            notice.c.at >= APPLICATIONS.c.found_complete_at,
        )
    )


def _day(instant: SQLColumnExpression[Any]) -> ColumnElement[date]:
    """Return the date in California."""
    return cast(func.timezone(ZONE, instant), Date)

"""The SQL condition for an overdue duty, for every table that contains duties."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from shared.clock import california_date
from shared.law.duty.duties import RUNNING


def is_overdue(duties: FromClause, now: datetime) -> ColumnElement[bool]:
    """Whether the clock of a duty is running and its due date has ended.

    The table is the ledger's own, or a copy made from the events of several ledgers. The day and
    its end are equivalent: some indexes have the one and some the other.
    """
    columns: ReadOnlyColumnCollection[str, Any] = duties.c
    return and_(
        columns.state.in_(RUNNING), columns.due_on < california_date(now), columns.due_at <= now
    )

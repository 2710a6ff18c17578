"""When a duty is overdue, as SQL says it: once, for every table that holds duties."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from shared.clock import california_date
from shared.law.duty.duties import RUNNING


def is_overdue(duties: FromClause, now: datetime) -> ColumnElement[bool]:
    """Whether the clock of a duty runs and its due day has ended.

    The table is the ledger's own, or a copy that was made of several ledgers by their events. The
    day and its end say the same: some indexes hold the one and some the other.
    """
    columns: ReadOnlyColumnCollection[str, Any] = duties.c
    return and_(
        columns.state.in_(RUNNING), columns.due_on < california_date(now), columns.due_at <= now
    )

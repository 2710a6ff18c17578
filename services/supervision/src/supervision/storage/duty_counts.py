"""Counts unmet duties in one query over the duties that an actor may see."""

from collections import Counter
from datetime import date

from sqlalchemy import case, func, select

from shared.database.transaction import Transaction
from shared.law.duty.duties import DutyState
from shared.law.duty.overdue import is_overdue
from supervision.domain.duty_counts import DutyCounts, days_ahead
from supervision.storage.duty_filters import OwedDutyFilter, found_by_arms
from supervision.storage.tables import KNOWN_DUTIES

OVERDUE, PAUSED, ON_A_DAY, LATER = "overdue", "paused", "on-a-day", "later"


async def counted(tx: Transaction, narrowed: OwedDutyFilter) -> DutyCounts:
    """Count the unmet duties that match a filter, each once."""
    days = days_ahead(tx.today)
    columns = KNOWN_DUTIES.c
    found = found_by_arms([columns.id, columns.due_on, columns.due_at, columns.state], tx, narrowed)
    kind = case(
        (found.c.state == DutyState.PAUSED, PAUSED),
        (is_overdue(found, tx.now), OVERDUE),
        (found.c.due_on <= days[-1], ON_A_DAY),
        else_=LATER,
    )
    owed = select(kind.label("kind"), found.c.due_on).subquery("owed")
    day = case((owed.c.kind == ON_A_DAY, owed.c.due_on)).label("day")
    per_day = select(owed.c.kind, day, func.count().label("duties")).group_by(owed.c.kind, day)
    by_day: Counter[date] = Counter(dict.fromkeys(days, 0))
    by_kind: Counter[str] = Counter()
    for row in await tx.execute(per_day):
        if row.day is None:
            by_kind[row.kind] += row.duties
        else:
            by_day[row.day] += row.duties
    return DutyCounts(
        overdue=by_kind[OVERDUE], paused=by_kind[PAUSED], by_day=by_day, later=by_kind[LATER]
    )

"""Timeliness figures from the duties known here, by rule and group, without IDs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, func, select

from shared.database.transaction import Transaction
from shared.law.duty.duties import UNMET, DutyState
from shared.law.duty.overdue import is_overdue
from supervision.domain.timeliness import Grouping, Timeliness
from supervision.storage.duty_filters import is_reported
from supervision.storage.tables import AGENCIES, KNOWN_DUTIES

GROUP_COLUMNS: dict[Grouping, ColumnElement[str]] = {
    Grouping.COUNTY: AGENCIES.c.county,
    Grouping.AGENCY: KNOWN_DUTIES.c.case_agency,
}
MEDIAN, NINE_TENTHS = 0.5, 0.9


@dataclass(frozen=True)
class ReportFilter:
    """Filter for duties due on or after `since` and before `until`. None does not filter."""

    since: date
    until: date
    by: Grouping
    rule: str | None = None
    agency: str | None = None


async def reported(tx: Transaction, narrowed: ReportFilter) -> Sequence[Timeliness]:
    """Count the duties by rule and group. Duties that belong to no case come last."""
    group, rule = GROUP_COLUMNS[narrowed.by].label("group"), KNOWN_DUTIES.c.rule
    statement = (
        select(group, rule, *_figures(tx))
        .outerjoin_from(KNOWN_DUTIES, AGENCIES, AGENCIES.c.code == KNOWN_DUTIES.c.case_agency)
        .where(*_conditions(narrowed))
        .group_by(group, rule)
        .order_by(group.asc().nulls_last(), rule)
    )
    return [Timeliness(**row) for row in (await tx.execute(statement)).mappings()]


def _figures(tx: Transaction) -> list[ColumnElement[Any]]:
    state, overdue = KNOWN_DUTIES.c.state, is_overdue(KNOWN_DUTIES, tx.now)
    started_on, is_toward = KNOWN_DUTIES.c.started_on, _counts_toward_its_start()
    days = cast(case((~is_toward, KNOWN_DUTIES.c.met_on - started_on)), Integer)
    return [
        _count(state == DutyState.MET).label("met_in_time"),
        _count(state == DutyState.MET_LATE).label("met_late"),
        _count(overdue).label("overdue"),
        _count(state.in_(UNMET) & ~overdue).label("pending"),
        _count(state == DutyState.CANCELED).label("canceled"),
        func.bool_and(is_toward).label("counts_toward_a_day"),
        func.percentile_cont(MEDIAN).within_group(days).label("median_days"),
        func.percentile_cont(NINE_TENTHS).within_group(days).label("percentile_90_days"),
    ]


def _counts_toward_its_start() -> ColumnElement[bool]:
    """Condition that a duty must be met before an event, such as an expiry.

    It is then due on the day that it is counted from; other duties have at least one day.
    """
    return KNOWN_DUTIES.c.due_on <= KNOWN_DUTIES.c.started_on


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _conditions(narrowed: ReportFilter) -> list[ColumnElement[bool]]:
    conditions = [
        is_reported(),
        KNOWN_DUTIES.c.due_on >= narrowed.since,
        KNOWN_DUTIES.c.due_on < narrowed.until,
    ]
    if narrowed.rule is not None:
        conditions.append(KNOWN_DUTIES.c.rule == narrowed.rule)
    if narrowed.agency is not None:
        conditions.append(KNOWN_DUTIES.c.case_agency == narrowed.agency)
    return conditions

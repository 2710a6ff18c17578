"""How much is owed by when."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from shared.http.routes import CurrentTransaction, allow, guarded_router
from supervision.api.not_reported import NOT_REPORTED_FIELD, NotReportedAnswer, not_reported
from supervision.api.owed_duty_query import OwedDutyNarrowing
from supervision.domain.duty_counts import DutyCounts
from supervision.storage.duty_filters import OwedDutyFilter
from supervision.storage.duty_visibility import READERS
from supervision.use_cases.count_owed_duties import count_owed_duties

router = guarded_router("/v1/owed-duty-counts", tags=["duty overview"])


class DayCountAnswer(BaseModel):
    """How many duties are due on a day in California."""

    due_on: date
    duties: int


class OwedDutyCountsAnswer(BaseModel):
    """What is still owed: overdue, on each of the next 30 days, later, or with a paused clock."""

    as_of: datetime
    unmet: int
    overdue: int
    paused: int
    days: list[DayCountAnswer]
    later: int
    not_reported: list[NotReportedAnswer] = NOT_REPORTED_FIELD


@router.get("", operation_id="count_owed_duties", dependencies=[allow(*READERS)])
async def get_owed_duty_counts(
    tx: CurrentTransaction, query: Annotated[OwedDutyNarrowing, Query()]
) -> OwedDutyCountsAnswer:
    """Count what is owed by when, of what you may see; today is the first of the 30 days."""
    narrowed = OwedDutyFilter(**query.model_dump(exclude={"service"}), ledger=query.service)
    return _answer(await count_owed_duties(tx, narrowed), tx.now)


def _answer(counts: DutyCounts, now: datetime) -> OwedDutyCountsAnswer:
    days = [DayCountAnswer(due_on=day, duties=duties) for day, duties in counts.by_day.items()]
    return OwedDutyCountsAnswer(
        as_of=now,
        unmet=counts.unmet,
        overdue=counts.overdue,
        paused=counts.paused,
        days=days,
        later=counts.later,
        not_reported=not_reported(),
    )

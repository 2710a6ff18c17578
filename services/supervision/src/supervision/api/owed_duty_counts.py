"""Route that counts unmet duties by due date."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from shared.http.routes import CurrentTransaction, allow, guarded_router
from supervision.api.not_reported import NOT_REPORTED_FIELD, NotReportedAnswer, not_reported
from supervision.api.owed_duty_query import OwedDutyNarrowing
from supervision.domain.duty_counts import DutyCounts
from supervision.storage.duty_filters import OwedDutyFilter
from supervision.storage.duty_visibility import READERS
from supervision.use_cases.count_owed_duties import count_owed_duties

router = guarded_router("/v1/owed-duty-counts", tags=["duty overview"])


class DayCountAnswer(BaseModel):
    """The number of duties due on one day."""

    due_on: date = Field(description="Due day in California.")
    duties: int = Field(description="Number of duties due on that day whose clock is running.")


class OwedDutyCountsAnswer(BaseModel):
    """Counts of unmet duties. Each duty is counted in exactly one of the groups."""

    as_of: datetime = Field(description="When the duties were counted.")
    unmet: int = Field(description="All unmet duties: the sum of the groups that follow.")
    overdue: int = Field(description="Duties whose due day has ended.")
    paused: int = Field(description="Duties with a paused clock. Their due date will move.")
    days: list[DayCountAnswer] = Field(
        description="Duties due on each of the next 30 days, including today and days without any."
    )
    later: int = Field(description="Duties due after those 30 days.")
    not_reported: list[NotReportedAnswer] = NOT_REPORTED_FIELD


@router.get("", operation_id="count_owed_duties", dependencies=[allow(*READERS)])
async def get_owed_duty_counts(
    tx: CurrentTransaction, query: Annotated[OwedDutyNarrowing, Query()]
) -> OwedDutyCountsAnswer:
    """Count the unmet duties that the caller may see, by due date.

    Today, in California, is the first of the 30 days that are counted one by one.
    """
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

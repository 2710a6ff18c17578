"""How duties are kept per county and agency, without identities."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate
from shared.security.principals import Role
from supervision.api.field_types import Code
from supervision.api.not_reported import NOT_REPORTED_FIELD, NotReportedAnswer, not_reported
from supervision.domain.timeliness import Grouping, Timeliness
from supervision.storage.timeliness import ReportFilter
from supervision.use_cases.report_timeliness import SEE_EVERY_AGENCY, report_timeliness

router = guarded_router("/v1/timeliness-reports", tags=["duty overview"])


class TimelinessQuery(BaseModel):
    """Which duties are reported: those due from the day `from` on, and before `until`."""

    model_config = ConfigDict(extra="forbid")

    since: CalendarDate = Field(alias="from", description="First due date reported.")
    until: CalendarDate = Field(description="The day after the last due date reported.")
    by: Grouping = Grouping.COUNTY
    rule: Code | None = None


class TimelinessAnswer(BaseModel):
    """How one rule was kept in one group.

    `group` is the agency of the case, or that agency's county; null for duties of no case.
    """

    group: str | None
    rule: str
    owed: int = Field(description="All but the canceled; the four that follow add up to it.")
    met_in_time: int
    met_late: int
    overdue: int = Field(description="Unmet, and the due day has ended.")
    pending: int = Field(description="Unmet and not yet due, or with a paused clock.")
    canceled: int
    counts_toward_a_day: bool = Field(
        description="Whether the rule is owed before a day, as a renewal is before the expiry. If "
        "true, no days from a start are counted, and the two numbers of days are null."
    )
    median_days: float | None = Field(
        description="Median number of calendar days from the start of the clock to the day met, in "
        "time or late; interpolated. Null if no such duty was met or `counts_toward_a_day` is true."
    )
    percentile_90_days: float | None = Field(
        description="90th percentile of the same days; null where the median is."
    )


class TimelinessReportAnswer(BaseModel):
    """A report; whether something is overdue is as of `as_of`."""

    model_config = ConfigDict(validate_by_name=True)

    since: date = Field(alias="from")
    until: date
    by: Grouping
    as_of: datetime
    groups: list[TimelinessAnswer]
    not_reported: list[NotReportedAnswer] = NOT_REPORTED_FIELD


@router.get(
    "",
    operation_id="report_timeliness",
    dependencies=[allow(*SEE_EVERY_AGENCY, Role.AGENCY_LEAD)],
)
async def get_timeliness_report(
    tx: CurrentTransaction, query: Annotated[TimelinessQuery, Query()]
) -> TimelinessReportAnswer:
    """Report how duties were kept, by their due dates; agency leads see their own agency."""
    asked = ReportFilter(**query.model_dump())
    found = await report_timeliness(tx, asked)
    return TimelinessReportAnswer(
        since=query.since,
        until=query.until,
        by=query.by,
        as_of=tx.now,
        groups=[_answer(each) for each in found],
        not_reported=not_reported(),
    )


def _answer(found: Timeliness) -> TimelinessAnswer:
    return TimelinessAnswer(**found.__dict__, owed=found.owed)

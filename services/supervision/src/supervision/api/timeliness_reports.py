"""Route that reports how duties were met, by county or agency, without identities."""

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
    """Filters of the report: duties due on or after `from` and before `until`."""

    model_config = ConfigDict(extra="forbid")

    since: CalendarDate = Field(alias="from", description="First due date in the report.")
    until: CalendarDate = Field(description="Day after the last due date in the report.")
    by: Grouping = Field(
        default=Grouping.COUNTY,
        description="Whether duties are grouped by agency or by the county of the agency.",
    )
    rule: Code | None = Field(
        default=None, description="Only duties opened by this rule. If omitted, all rules."
    )


class TimelinessAnswer(BaseModel):
    """Counts for one rule in one county or agency."""

    group: str | None = Field(
        description="County name or agency code, depending on `by`. Null for duties that belong to "
        "no case."
    )
    rule: str = Field(description="Name of the rule.")
    owed: int = Field(
        description="All duties except canceled ones: the sum of the four counts that follow."
    )
    met_in_time: int = Field(description="Duties met on or before the due day.")
    met_late: int = Field(description="Duties met after the due day.")
    overdue: int = Field(description="Unmet duties whose due day has ended.")
    pending: int = Field(description="Unmet duties that are not yet due or have a paused clock.")
    canceled: int = Field(description="Canceled duties. They are not part of `owed`.")
    counts_toward_a_day: bool = Field(
        description="True if the duty must be met before an event, such as a renewal before the "
        "certification expires. Then no days since a start are counted, and both day counts are "
        "null."
    )
    median_days: float | None = Field(
        description="Median number of calendar days from the start of the clock to the day met, in "
        "time or late, interpolated. Null if no duty was met or `counts_toward_a_day` is true."
    )
    percentile_90_days: float | None = Field(
        description="90th percentile of the same days. Null if `median_days` is null."
    )


class TimelinessReportAnswer(BaseModel):
    """How duties were met, by rule and by county or agency."""

    model_config = ConfigDict(validate_by_name=True)

    since: date = Field(alias="from", description="First due date in the report.")
    until: date = Field(description="Day after the last due date in the report.")
    by: Grouping = Field(description="Whether groups are counties or agencies.")
    as_of: datetime = Field(description="When the report was made. `overdue` is as of this time.")
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
    """Report how duties due in a period were met. Agency leads see only their own agency."""
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

"""Queue reports: where the time of decided applications went, and which items were missing."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from certification.api.queue import SEE_QUEUE
from certification.domain.time_split import days
from certification.use_cases.report_queue import report_queue
from shared.http.routes import CurrentTransaction, guarded_router
from shared.http.shapes import CalendarDate

router = guarded_router("/v1/queue-reports", tags=["queue"])


class SpentAnswer(BaseModel):
    """Days that the decided applications spent in one step."""

    step: str = Field(description="The step, or `total` for all steps together.")
    files: int = Field(description="Number of applications.")
    median_days: float = Field(description="Median number of days.")
    ninetieth_percentile_days: float = Field(description="90th percentile of the number of days.")


class BounceAnswer(BaseModel):
    """How often deficiency notices of the period requested one checklist item."""

    item: str = Field(description="Code of the checklist item.")
    files: int = Field(description="Number of applications for which it was requested.")
    times: int = Field(description="Number of times it was requested.")
    sent_back: int = Field(
        description="Number of those times in which it had been received before and was not "
        "acceptable."
    )


class QueueReportAnswer(BaseModel):
    """The report for a period."""

    since: date = Field(description="First day of the period.")
    until: date = Field(description="First day after the period.")
    decided_in_time: int = Field(description="Applications decided by their due date.")
    decided_late: int = Field(description="Applications decided after their due date.")
    screened_in_time: int = Field(description="Checks for completeness made by their due date.")
    screened_late: int = Field(description="Checks for completeness made after their due date.")
    spent: list[SpentAnswer] = Field(
        description="Days spent in each step by the applications decided in the period."
    )
    bounces: list[BounceAnswer] = Field(
        description="Items requested by deficiency notices in the period, most often first."
    )


@router.get("", operation_id="report_queue", dependencies=[SEE_QUEUE])
async def get_queue_report(
    tx: CurrentTransaction,
    since: Annotated[CalendarDate, Query(description="First day of the period.")],
    until: Annotated[CalendarDate, Query(description="First day after the period.")],
) -> QueueReportAnswer:
    """Report on a period: time spent in each step, decisions in time, and items requested."""
    report = await report_queue(tx, since, until)
    return QueueReportAnswer(
        since=since,
        until=until,
        decided_in_time=report.in_time,
        decided_late=report.late,
        screened_in_time=report.screened_in_time,
        screened_late=report.screened_late,
        spent=[
            SpentAnswer(
                step=each.step,
                files=each.files,
                median_days=days(each.median),
                ninetieth_percentile_days=days(each.ninetieth),
            )
            for each in report.spent
        ],
        bounces=[
            BounceAnswer.model_validate(each, from_attributes=True) for each in report.bounces
        ],
    )

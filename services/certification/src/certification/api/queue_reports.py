"""Reports on the queue: where the time of a period's decided files went, and what bounced."""

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
    """Days that decided files spent on a step: the median and the 90th percentile."""

    step: str
    files: int
    median_days: float
    ninetieth_percentile_days: float


class BounceAnswer(BaseModel):
    """How often notices named an item; `sent_back`: it had come and was not good."""

    item: str
    files: int
    times: int
    sent_back: int


class QueueReportAnswer(BaseModel):
    """The report of a period; its last day is the one before `until`."""

    since: date
    until: date
    decided_in_time: int
    decided_late: int
    screened_in_time: int = Field(description="Checks for completeness that were made in time.")
    screened_late: int = Field(description="Checks for completeness that were made late.")
    spent: list[SpentAnswer]
    bounces: list[BounceAnswer]


@router.get("", operation_id="report_queue", dependencies=[SEE_QUEUE])
async def get_queue_report(
    tx: CurrentTransaction,
    since: Annotated[CalendarDate, Query(description="First day of the period.")],
    until: Annotated[CalendarDate, Query(description="The day after its last.")],
) -> QueueReportAnswer:
    """Report the files decided in a period: waiting on applicants, checked, in line, in review."""
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

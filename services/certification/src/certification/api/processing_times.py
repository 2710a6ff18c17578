"""Public processing times: how long decided applications took, by kind and purpose."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from certification.domain.applications import Kind, Purpose
from certification.domain.processing_times import FEWEST_FILES, Days, GroupTimes, period_of
from certification.use_cases.report_processing_times import report_processing_times
from shared.http.routes import CurrentTransaction, public_router
from shared.http.shapes import CalendarDate

router = public_router("/v1/processing-times", tags=["processing-times"])


class DaysAnswer(BaseModel):
    """Calendar days until the decision, including days of waiting for the applicant's answer."""

    minimum_days: int = Field(description="Shortest time.")
    median_days: float = Field(description="Median time.")
    maximum_days: int = Field(description="Longest time.")


class GroupTimesAnswer(BaseModel):
    """Processing times of the applications of one kind and purpose decided in the period."""

    kind: Kind
    purpose: Purpose
    files: int = Field(description="Number of decisions.")
    from_complete: DaysAnswer | None = Field(
        description="Days from the arrival of the last required item to the decision. Null if "
        "there are fewer decisions than `fewest_files`."
    )
    from_received: DaysAnswer | None = Field(
        description="Days from the submission of the application to the decision. Null if there "
        "are fewer decisions than `fewest_files`."
    )


class ProcessingTimesAnswer(BaseModel):
    """The processing times of a period."""

    since: date = Field(description="First day of the period.")
    until: date = Field(description="First day after the period.")
    fewest_files: int = Field(description="Smallest number of decisions for which times are given.")
    groups: list[GroupTimesAnswer]


@router.get("", operation_id="report_processing_times")
async def get_processing_times(
    tx: CurrentTransaction,
    since: Annotated[
        CalendarDate | None,
        Query(description="First day of the period. If omitted, one year before its end."),
    ] = None,
    until: Annotated[
        CalendarDate | None,
        Query(
            description="First day after the period: tomorrow at the latest, and at most 1,830 "
            "days after `since`. If omitted, today."
        ),
    ] = None,
) -> ProcessingTimesAnswer:
    """Report how long the applications that were decided in a period took.

    New applications, renewals and upgrades are reported separately.
    """
    period = period_of(since, until, tx.today)
    groups = await report_processing_times(tx, period)
    return ProcessingTimesAnswer(
        since=period.since,
        until=period.until,
        fewest_files=FEWEST_FILES,
        groups=[_group(each) for each in groups],
    )


def _group(times: GroupTimes) -> GroupTimesAnswer:
    return GroupTimesAnswer(
        kind=times.kind,
        purpose=times.purpose,
        files=times.files,
        from_complete=_days(times.from_complete),
        from_received=_days(times.from_received),
    )


def _days(days: Days | None) -> DaysAnswer | None:
    if days is None:
        return None
    return DaysAnswer(
        minimum_days=days.minimum, median_days=round(days.median, 1), maximum_days=days.maximum
    )

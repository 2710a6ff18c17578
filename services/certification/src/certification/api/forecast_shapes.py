"""What the API says of a forecast: what it rests on, each file's dates, and what they come to."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from certification.domain.forecast.assumptions import ASSUMPTIONS
from certification.domain.forecast.forecasting import Forecast
from certification.domain.forecast.observed import Observed
from certification.domain.forecast.open_files import Stage
from certification.domain.forecast.prospects import Prospect
from certification.domain.forecast.screening import ScreeningOutlook
from certification.domain.forecast.staffing import Outlook
from certification.storage.kept_forecasts import KeptForecast
from certification.use_cases.forecast_queue import ForecastQueue
from shared.http.paging import Page

PLACES = 3
Beyond = Annotated[date | None, Field(description="null: beyond `horizon_until`.")]


class ObservedAnswer(BaseModel):
    """What the forecast rests on; delays are the number of waits that ended in the window."""

    from_day: date | None
    until_day: date | None
    working_days: int
    reviewers: int
    reviewer_days: int
    decisions: int
    completions: int
    completion_delays: int
    answer_delays: int
    decisions_today: int


class ReachedAnswer(BaseModel):
    """By when it is reached: in 1 run of 10, in half of them, in 9 of 10."""

    earliest_on: Beyond
    median_on: Beyond
    latest_on: Beyond


class ProspectAnswer(BaseModel):
    """One open file."""

    application_id: UUID
    stage: Stage
    queue_position: int | None
    reached: ReachedAnswer | None = Field(
        description="null: too few waits as long as this one's were observed to their end."
    )
    target_on: date | None = Field(
        description="null for files paused or not complete: it moves with the day they are back."
    )
    late_probability: float | None = Field(description="The share of runs that pass the target.")


class OutlookAnswer(BaseModel):
    """What so many reviewers come to, at the median and at the cautious end (9 runs in 10).

    The extra reviewer days are the fewest that bring in time all that still can be.
    """

    reviewers: int
    late_at_median: int
    late_cautiously: int
    extra_reviewer_days_at_median: int
    extra_reviewer_days_cautiously: int


class ScreeningOutlookAnswer(BaseModel):
    """Files that wait for their check for completeness, and how many checks will be late."""

    waiting: int
    overdue: int
    per_working_day: float | None = Field(
        description="Checks made per working day of late. Null if too few days were observed."
    )
    late_at_pace: int | None = Field(
        description="Checks overdue now or late at that pace. Null if the pace is."
    )


class QueueForecastPage(Page[ProspectAnswer]):
    """The forecast as of an instant; without enough observed, `lacks` says what is missing."""

    as_of: datetime
    seed: int
    runs: int
    lookback_days: int
    observed: ObservedAnswer
    lacks: list[str]
    horizon_until: date | None
    open_files: dict[Stage, int]
    files_without_range: int
    as_staffed: OutlookAnswer | None
    one_reviewer_fewer: OutlookAnswer | None
    one_reviewer_more: OutlookAnswer | None
    screening: ScreeningOutlookAnswer
    assumptions: list[str]


def forecast_page(
    kept: KeptForecast,
    asked: ForecastQueue,
    screening: ScreeningOutlook,
    shown: list[ProspectAnswer],
    following: str | None,
) -> QueueForecastPage:
    """Shape a forecast with one page of its files."""
    answer = kept.answer
    said = answer if isinstance(answer, Forecast) else None
    return QueueForecastPage(
        items=shown,
        next=following,
        as_of=kept.as_of,
        seed=asked.seed,
        runs=asked.runs,
        lookback_days=asked.lookback_days,
        observed=_observed(answer.observed),
        lacks=[] if isinstance(answer, Forecast) else list(answer.lacks),
        horizon_until=said.horizon.days[-1] if said and said.horizon.days else None,
        open_files=said.counted if said else {},
        files_without_range=said.without_range if said else 0,
        as_staffed=_outlook(said.as_staffed) if said else None,
        one_reviewer_fewer=_outlook(said.one_fewer) if said and said.one_fewer else None,
        one_reviewer_more=_outlook(said.one_more) if said else None,
        screening=_screening(screening),
        assumptions=list(ASSUMPTIONS),
    )


def prospect_answer(prospect: Prospect, runs: int) -> ProspectAnswer:
    """Shape what is said of one file."""
    late, reached = prospect.late_runs, prospect.reached
    return ProspectAnswer(
        application_id=prospect.file.id,
        stage=prospect.file.stage,
        queue_position=prospect.place,
        reached=reached
        and ReachedAnswer(
            earliest_on=reached.earliest, median_on=reached.median, latest_on=reached.latest
        ),
        target_on=prospect.target_on,
        late_probability=None if late is None else round(late / runs, PLACES),
    )


def _observed(observed: Observed) -> ObservedAnswer:
    days = observed.days
    return ObservedAnswer(
        from_day=days[0].on if days else None,
        until_day=days[-1].on if days else None,
        working_days=len(observed.staffed_days),
        reviewers=observed.reviewers,
        reviewer_days=observed.reviewer_days,
        decisions=observed.decisions,
        completions=observed.completions,
        completion_delays=len(observed.completion_delays),
        answer_delays=len(observed.answer_delays),
        decisions_today=observed.decisions_today,
    )


def _screening(outlook: ScreeningOutlook) -> ScreeningOutlookAnswer:
    pace = outlook.per_working_day
    return ScreeningOutlookAnswer(
        waiting=outlook.waiting,
        overdue=outlook.overdue,
        per_working_day=None if pace is None else round(pace, 1),
        late_at_pace=outlook.late_at_pace,
    )


def _outlook(outlook: Outlook) -> OutlookAnswer:
    return OutlookAnswer(
        reviewers=outlook.reviewers,
        late_at_median=outlook.late_at_median,
        late_cautiously=outlook.late_cautiously,
        extra_reviewer_days_at_median=outlook.extra_days_at_median,
        extra_reviewer_days_cautiously=outlook.extra_days_cautiously,
    )

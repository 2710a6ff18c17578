"""Response bodies for the queue forecast: its data, the dates of each file, and the totals."""

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
Beyond = Annotated[date | None, Field(description="Null if it is after `horizon_until`.")]


class ObservedAnswer(BaseModel):
    """The past data that the forecast is based on."""

    from_day: date | None = Field(description="First working day observed. Null if there is none.")
    until_day: date | None = Field(
        description="Last working day observed, inclusive. Null if there is none."
    )
    working_days: int = Field(
        description="Number of observed days on which at least one reviewer worked."
    )
    reviewers: int = Field(description="Number of reviewers on the last day that had any.")
    reviewer_days: int = Field(description="Sum of the days that each reviewer worked.")
    decisions: int = Field(description="Number of decisions made.")
    completions: int = Field(description="Number of applications that became complete.")
    completion_delays: int = Field(
        description="Number of observed waits from receipt to completeness."
    )
    answer_delays: int = Field(
        description="Number of observed waits from a deficiency notice on a complete application "
        "to the applicant's last answer."
    )
    decisions_today: int = Field(
        description="Number of decisions made today; they are not part of `decisions`."
    )


class ReachedAnswer(BaseModel):
    """The dates by which an application is decided in the simulation."""

    earliest_on: Beyond = Field(
        description="Date by which 1 of 10 simulation runs decides it. Null if it is after "
        "`horizon_until`."
    )
    median_on: Beyond = Field(
        description="Date by which half of the simulation runs decide it. Null if it is after "
        "`horizon_until`."
    )
    latest_on: Beyond = Field(
        description="Date by which 9 of 10 simulation runs decide it. Null if it is after "
        "`horizon_until`."
    )


class ProspectAnswer(BaseModel):
    """The forecast for one open application."""

    application_id: UUID
    stage: Stage = Field(
        description="`in-review`; `in-line`: complete and waiting for review; `cured`: answered "
        "after a notice, waiting to be found complete again; `paused`: waiting for the "
        "applicant's answer; `not-complete`: never complete so far."
    )
    queue_position: int | None = Field(
        description="Position among all complete applications that wait for review, starting at "
        "1. Null for any other application."
    )
    reached: ReachedAnswer | None = Field(
        description="Dates by which the application is decided. Null if too few comparable waits "
        "were observed."
    )
    target_on: date | None = Field(
        description="Day by which the Board must decide. Null if the application is paused or not "
        "complete, because the day then depends on when it is complete again."
    )
    late_probability: float | None = Field(
        description="Share of simulation runs in which the target is missed, from 0 to 1. Null if "
        "it cannot be estimated."
    )


class OutlookAnswer(BaseModel):
    """The expected result for a given number of reviewers.

    Each figure is given at the median and at the cautious end, which 9 of 10 simulation runs do not
    exceed.
    """

    reviewers: int = Field(description="Number of reviewers assumed.")
    late_at_median: int = Field(
        description="Number of applications decided after their target, at the median."
    )
    late_cautiously: int = Field(
        description="Number of applications decided after their target, at the cautious end."
    )
    extra_reviewer_days_at_median: int = Field(
        description="Fewest additional reviewer days needed to decide in time every application "
        "that still can be, at the median."
    )
    extra_reviewer_days_cautiously: int = Field(
        description="Fewest additional reviewer days needed to decide in time every application "
        "that still can be, at the cautious end."
    )


class ScreeningOutlookAnswer(BaseModel):
    """The expected result of the checks for completeness."""

    waiting: int = Field(description="Number of applications that wait for their check.")
    overdue: int = Field(description="Number of applications whose check is overdue.")
    per_working_day: float | None = Field(
        description="Checks made per working day in the observed period. Null if too few days "
        "were observed."
    )
    late_at_pace: int | None = Field(
        description="Number of checks that are overdue or will be late at this pace. Null if too "
        "few days were observed."
    )


class QueueForecastPage(Page[ProspectAnswer]):
    """One page of the forecast, with its settings, data and totals."""

    as_of: datetime = Field(description="When the forecast was made.")
    seed: int = Field(
        description="Seed of the random draws; the same data and seed give the same forecast."
    )
    runs: int = Field(description="Number of simulation runs.")
    lookback_days: int = Field(description="Number of past working days looked at.")
    observed: ObservedAnswer = Field(description="The past data that the forecast is based on.")
    lacks: list[str] = Field(
        description="What data is missing for a forecast. Empty if there is enough. If it is not "
        "empty, `items` is empty and the totals are null."
    )
    horizon_until: date | None = Field(
        description="Last day that the forecast covers, inclusive. Null if there is no forecast."
    )
    open_files: dict[Stage, int] = Field(
        description="Number of open applications by stage. Empty if there is no forecast."
    )
    files_without_range: int = Field(
        description="Number of open applications for which no dates can be given."
    )
    as_staffed: OutlookAnswer | None = Field(
        description="Expected result with the number of reviewers asked for or observed. Null if "
        "there is no forecast."
    )
    one_reviewer_fewer: OutlookAnswer | None = Field(
        description="Expected result with one reviewer fewer. Null if there is no forecast, or no "
        "reviewer to remove."
    )
    one_reviewer_more: OutlookAnswer | None = Field(
        description="Expected result with one reviewer more. Null if there is no forecast."
    )
    screening: ScreeningOutlookAnswer = Field(
        description="Expected result of the checks for completeness."
    )
    assumptions: list[str] = Field(description="What every forecast assumes, in sentences.")


def forecast_page(
    kept: KeptForecast,
    asked: ForecastQueue,
    screening: ScreeningOutlook,
    shown: list[ProspectAnswer],
    following: str | None,
) -> QueueForecastPage:
    """Build the response for one page of a forecast."""
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
    """Build the response for one application."""
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

"""When each open file will be reached, which pass the target, and what one reviewer changes.

Simulated from what was observed at the desk; too little observed is said instead of a guess.
"""

import asyncio
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification.domain.duty_rules import DECIDE_APPLICATION
from certification.domain.forecast.forecasting import (
    Forecast,
    ForecastQuestion,
    NotEnoughObserved,
    forecast,
)
from certification.domain.forecast.horizon import horizon_from
from certification.domain.forecast.prospects import Prospect
from certification.domain.forecast.screening import ScreeningOutlook, screening_outlook
from certification.domain.forecast.tallies import observed_in
from certification.domain.forecast.window import window_before
from certification.storage import queue_observations
from certification.storage.kept_forecasts import ForecastsBusyError, KeptForecast, KeptForecasts
from shared.database.transaction import Transaction
from shared.law.counting.deadlines import deadline
from shared.law.counting.facts import Fact
from shared.law.in_force import Law

CALENDAR = "state-offices"
LOOKBACK_DAYS = 60
"""Working days, a quarter of a year: enough to see slow weeks, recent enough to be the present."""
RUNS = 300
SEED = 1


@dataclass(frozen=True)
class ForecastQueue:
    """How to look; `reviewers` of None are as many as were observed."""

    reviewers: int | None = None
    lookback_days: int = LOOKBACK_DAYS
    runs: int = RUNS
    seed: int = SEED


@dataclass(frozen=True)
class ProspectAsOf:
    """What is said of one file, by a forecast as of an instant."""

    forecast: KeptForecast
    prospect: Prospect | None


async def forecast_queue(
    tx: Transaction,
    law: Law,
    kept: KeptForecasts,
    command: ForecastQueue,
    *,
    may_be_old: bool = False,
) -> KeptForecast:
    """Run the queue forward, or give what was run less than a minute ago.

    One that `may_be_old` is some minutes old while the next one is made.
    """

    async def made() -> Forecast | NotEnoughObserved:
        question = await _question(tx, law, command)
        return await asyncio.to_thread(forecast, question)

    return await kept.of((tx.today, command), tx.now, made, may_be_old=may_be_old)


async def outlook_of_screening(tx: Transaction, law: Law, lookback_days: int) -> ScreeningOutlook:
    """Which checks for completeness will be late at the pace of the days looked back on."""
    calendar = law.calendars[CALENDAR]
    window = window_before(tx.today, calendar, lookback_days)
    first = window.days[0] if window.days else tx.today
    screened = await queue_observations.screened(tx, first)
    return screening_outlook(
        await queue_observations.screenings_due(tx),
        sum(screened.values()),
        len([day for day in window.days if screened and day >= min(screened)]),
        horizon_from(tx.today, calendar),
    )


async def range_for(
    tx: Transaction, law: Law, kept: KeptForecasts, application_id: UUID
) -> ProspectAsOf | None:
    """What the forecast says of one file; nothing of one that was not open as of then.

    One some minutes old will do while the next is made: many applicants look at once. None while
    other forecasts are being made: where a file is can be said without its date.
    """
    try:
        found = await forecast_queue(tx, law, kept, ForecastQueue(), may_be_old=True)
    except ForecastsBusyError:
        return None
    if isinstance(found.answer, NotEnoughObserved):
        return ProspectAsOf(found, None)
    return ProspectAsOf(found, found.answer.by_file.get(application_id))


async def _question(tx: Transaction, law: Law, command: ForecastQueue) -> ForecastQuestion:
    calendar = law.calendars[CALENDAR]
    window = window_before(tx.today, calendar, command.lookback_days)
    tallies = await queue_observations.tallies(tx, window.looks_from)
    return ForecastQuestion(
        files=await queue_observations.open_files(tx),
        observed=observed_in(window, tallies),
        calendar=calendar,
        today=tx.today,
        target_days=_target_days(law, tx.today),
        seed=command.seed,
        runs=command.runs,
        reviewers=command.reviewers,
    )


def _target_days(law: Law, today: date) -> int:
    """How many calendar days the rule gives a file that is complete today."""
    complete = Fact("complete", today, "a file complete today")
    due = deadline(law.edition, DECIDE_APPLICATION, [complete], law.calendars)
    return (due.due_on - today).days

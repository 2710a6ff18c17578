"""Forecasts when each open application is decided, and the effect of one reviewer more or fewer.

It simulates from what was observed lately. With too little data it gives no forecast.
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
"""Working days, about a quarter: enough to include slow weeks, and recent enough."""
RUNS = 300
SEED = 1


@dataclass(frozen=True)
class ForecastQueue:
    """The settings of a forecast; `reviewers` of None means as many as observed."""

    reviewers: int | None = None
    lookback_days: int = LOOKBACK_DAYS
    runs: int = RUNS
    seed: int = SEED


@dataclass(frozen=True)
class ProspectAsOf:
    """The forecast for one application, with the time it was made."""

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
    """Return a forecast, at most one minute old.

    If `may_be_old`, a forecast some minutes old is returned while the next one is made.
    """

    async def made() -> Forecast | NotEnoughObserved:
        question = await _question(tx, law, command)
        return await asyncio.to_thread(forecast, question)

    return await kept.of((tx.today, command), tx.now, made, may_be_old=may_be_old)


async def outlook_of_screening(tx: Transaction, law: Law, lookback_days: int) -> ScreeningOutlook:
    """Return which checks for completeness will be late at the observed pace."""
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
    """Return the forecast for one application; None if it was not open then.

    A forecast some minutes old is enough while the next is made, because many applicants may ask at
    once. None also while other forecasts are being made, so that the status can be shown without.
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
    """Return the calendar days that the rule gives an application complete today."""
    complete = Fact("complete", today, "a file complete today")
    due = deadline(law.edition, DECIDE_APPLICATION, [complete], law.calendars)
    return (due.due_on - today).days

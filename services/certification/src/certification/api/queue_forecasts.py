"""The queue forecast: when each open application is decided, and the effect of one reviewer."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from certification.api.forecast_shapes import (
    QueueForecastPage,
    forecast_page,
    prospect_answer,
)
from certification.domain.forecast.forecasting import NotEnoughObserved
from certification.domain.forecast.listing import Turn, listed, turn_of
from certification.parts import CurrentParts
from certification.use_cases.forecast_queue import (
    LOOKBACK_DAYS,
    RUNS,
    SEED,
    ForecastQueue,
    forecast_queue,
    outlook_of_screening,
)
from shared.http.paging import After, Limit, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/queue-forecasts", tags=["queue"])

MOST_REVIEWERS = 1_000
FEWEST_RUNS, MOST_RUNS = 50, 500
SHORTEST_LOOKBACK, LONGEST_LOOKBACK = 10, 260
LARGEST_SEED = 2**31 - 1


async def _asked(
    reviewers: Annotated[
        int | None,
        Query(
            ge=0,
            le=MOST_REVIEWERS,
            description="Number of reviewers to assume. If omitted, as many as observed.",
        ),
    ] = None,
    lookback_days: Annotated[
        int,
        Query(
            ge=SHORTEST_LOOKBACK,
            le=LONGEST_LOOKBACK,
            description="Number of past working days to base the forecast on.",
        ),
    ] = LOOKBACK_DAYS,
    runs: Annotated[
        int, Query(ge=FEWEST_RUNS, le=MOST_RUNS, description="Number of simulation runs.")
    ] = RUNS,
    seed: Annotated[
        int,
        Query(
            ge=0,
            le=LARGEST_SEED,
            description="Seed of the random draws; the same data and seed give the same forecast.",
        ),
    ] = SEED,
) -> ForecastQueue:
    return ForecastQueue(reviewers, lookback_days, runs, seed)


Asked = Annotated[ForecastQueue, Depends(_asked)]


@router.get(
    "",
    operation_id="forecast_queue",
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR, Role.OPERATOR)],
)
async def get_queue_forecast(
    tx: CurrentTransaction,
    law: CurrentLaw,
    parts: CurrentParts,
    asked: Asked,
    *,
    passes_target: Annotated[
        bool | None,
        Query(
            description="If true, only applications whose median date is after their target. If "
            "false, only the others. If omitted, all."
        ),
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> QueueForecastPage:
    """Forecast when each open application will be decided.

    The same data and seed give the same answer.
    """
    turn = (
        Turn(*decode_cursor(after, int, date.fromisoformat, datetime.fromisoformat, UUID))
        if after
        else None
    )
    kept = await forecast_queue(tx, law, parts.forecasts, asked)
    screening = await outlook_of_screening(tx, law, asked.lookback_days)
    if isinstance(kept.answer, NotEnoughObserved):
        return forecast_page(kept, asked, screening, [], None)
    found = listed(kept.answer, turn, limit, passes_target=passes_target)
    shown, following = page_of(found, limit, lambda each: turn_of(each.file))
    lines = [prospect_answer(each, asked.runs) for each in shown]
    return forecast_page(kept, asked, screening, lines, following)

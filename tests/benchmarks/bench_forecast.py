"""The forecast of a full desk: its parts, one file's range, and what a bare read costs beside it.

    PYTHONPATH=tests .venv/bin/python -m benchmarks.bench_forecast      about a minute
    OPEN=5000 CLOSED=10000 RUNS=100 …                                   a smaller desk

Prints one JSON document. What is kept is dropped between forecasts, so each is made anew.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
from pydantic import SecretStr

from benchmarks.certification.full_desk import fill
from benchmarks.duties.timing import resident_megabytes, spread
from benchmarks.events.servers import postgres_alone, say
from certification.domain.forecast.forecasting import Forecast
from certification.storage import queue_observations
from certification.storage.kept_forecasts import KeptForecasts
from certification.use_cases.forecast_queue import ForecastQueue, forecast_queue, range_for
from local_system.fresh_databases import FreshDatabases
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause, Transaction
from shared.identifiers import new_id
from shared.law.in_force import load_law
from shared.operations.settings import DatabaseSettings
from shared.security.principals import process_actor
from shared.testing.clocks import FixedClock
from unit.certification.desk_days import MORNING, TODAY

OPEN = int(os.environ.get("OPEN") or 50_000)
CLOSED = int(os.environ.get("CLOSED") or 100_000)
RUNS = int(os.environ.get("RUNS") or 400)
TIMES = 5
CAUSE = Cause(process_actor("bench"), new_id())
READ_BY_KEY = "SELECT * FROM applications WHERE id = $1"


async def main() -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as folder:
        async with postgres_alone() as postgres:
            url = await asyncio.to_thread(
                FreshDatabases(postgres, Path(folder)).fresh, "certification"
            )
            bare = await asyncpg.connect(url)
            say(f"filling a desk with {OPEN:,} open files and {CLOSED:,} closed ones")
            await fill(bare, open_files=OPEN, closed_files=CLOSED, now=MORNING.isoformat())
            engine = create_engine(DatabaseSettings(database_url=SecretStr(url)), "bench")
            database = Database(engine, FixedClock(MORNING), "certification")
            async with database.transaction(CAUSE) as tx:
                figures = await _figures(tx, bare)
            await engine.dispose()
            await bare.close()
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


async def _figures(tx: Transaction, bare: asyncpg.Connection) -> dict[str, object]:
    law, asked = load_law("standards-2012"), ForecastQueue(runs=RUNS)
    kept = KeptForecasts()
    made = await forecast_queue(tx, law, kept, ForecastQueue())
    if not isinstance(made.answer, Forecast):
        return {"lacks": made.answer.lacks}
    first = made.answer.prospects[0].file.id
    return {
        "open_files": made.answer.counted,
        "closed_files": CLOSED,
        "runs": RUNS,
        "open files read": await _seconds(lambda: queue_observations.open_files(tx)),
        "record read": await _seconds(
            lambda: queue_observations.tallies(tx, TODAY.replace(month=7))
        ),
        "whole forecast": await _seconds(lambda: forecast_queue(tx, law, KeptForecasts(), asked)),
        "range of one file": await spread(lambda _: range_for(tx, law, kept, first)),
        "bare read by key": await spread(lambda _: bare.fetchrow(READ_BY_KEY, first)),
        "resident megabytes": round(resident_megabytes()),
    }


async def _seconds(call: Callable[[], Awaitable[object]]) -> dict[str, float]:
    """The fastest and the median of a few calls, and what the fastest cost this process."""
    taken = []
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        await call()
        taken.append((time.perf_counter() - began, time.process_time() - worked))
    taken.sort()
    (best, cpu), (median, _) = taken[0], taken[TIMES // 2]
    return {"best_s": round(best, 3), "p50_s": round(median, 3), "cpu_s": round(cpu, 3)}


if __name__ == "__main__":
    asyncio.run(main())

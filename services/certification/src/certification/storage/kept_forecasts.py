"""Forecasts kept for a minute in this process: many ask for the same one, and each says its age."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from certification.domain.forecast.forecasting import Forecast, NotEnoughObserved

KEPT_FOR = timedelta(seconds=60)
MOST_KEPT = 8
"""Each of 50,000 files takes about 30 MB."""


@dataclass(frozen=True)
class KeptForecast:
    """A forecast, and the instant whose facts it rests on."""

    as_of: datetime
    answer: Forecast | NotEnoughObserved


class KeptForecasts:
    """The forecasts of one process, by what was asked; whoever asks meanwhile waits for the first.

    Only one is made at a time: making it takes a second of one core, and requests need the other.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, KeptForecast] = {}
        self._making = asyncio.Lock()

    async def of(
        self,
        asked: Hashable,
        now: datetime,
        make: Callable[[], Awaitable[Forecast | NotEnoughObserved]],
    ) -> KeptForecast:
        """Give the one kept for that, or make it as of now."""
        if found := self._fresh(asked, now):
            return found
        async with self._making:
            if found := self._fresh(asked, now):
                return found
            made = KeptForecast(now, await make())
            self._keep(asked, made)
            return made

    def _fresh(self, asked: Hashable, now: datetime) -> KeptForecast | None:
        found = self._kept.get(asked)
        return found if found and abs(now - found.as_of) < KEPT_FOR else None

    def _keep(self, asked: Hashable, made: KeptForecast) -> None:
        self._kept.pop(asked, None)
        self._kept[asked] = made
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]

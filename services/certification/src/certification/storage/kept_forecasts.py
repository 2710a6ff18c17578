"""Forecasts cached for a minute in this process; each one contains its time."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from certification.domain.forecast.forecasting import Forecast, NotEnoughObserved
from shared.errors import UnavailableError

KEPT_FOR = timedelta(seconds=60)
OLD_FOR = timedelta(minutes=10)
"""The oldest forecast that may be returned while the next one is made."""
MOST_KEPT = 8
"""A forecast of 50,000 files takes about 30 MB."""
PATIENCE = timedelta(seconds=5)
"""Half of the time that the database lets a transaction stay idle."""


class ForecastsBusyError(UnavailableError):
    """Other forecasts are being made, and waiting would take too long."""

    def __init__(self) -> None:
        super().__init__(
            "other forecasts are being made; ask again in a few seconds", code="forecasts-busy"
        )


@dataclass(frozen=True)
class KeptForecast:
    """A forecast, and the time of the data it is based on."""

    as_of: datetime
    answer: Forecast | NotEnoughObserved


class KeptForecasts:
    """The cached forecasts of one process, by question.

    Only one is made at a time, because it takes a second of one core and other requests need the
    other core. Requests for a new one wait until it is made.
    """

    def __init__(self, patience: timedelta = PATIENCE) -> None:
        self._patience = patience
        self._kept: dict[Hashable, KeptForecast] = {}
        self._making = asyncio.Lock()

    async def of(
        self,
        asked: Hashable,
        now: datetime,
        make: Callable[[], Awaitable[Forecast | NotEnoughObserved]],
        *,
        may_be_old: bool = False,
    ) -> KeptForecast:
        """Return the cached forecast, or make one as of now.

        If `may_be_old`, an older one is returned while any is being made. ForecastsBusyError if
        others take longer than a transaction may wait.
        """
        old_for = OLD_FOR if may_be_old and self._making.locked() else KEPT_FOR
        if found := self._kept_within(asked, now, old_for):
            return found
        await self._turn()
        try:
            if found := self._kept_within(asked, now, KEPT_FOR):
                return found
            made = KeptForecast(now, await make())
            self._keep(asked, made)
            return made
        finally:
            self._making.release()

    async def _turn(self) -> None:
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                await self._making.acquire()
        except TimeoutError:
            raise ForecastsBusyError from None

    def _kept_within(
        self, asked: Hashable, now: datetime, old_for: timedelta
    ) -> KeptForecast | None:
        found = self._kept.get(asked)
        return found if found and abs(now - found.as_of) < old_for else None

    def _keep(self, asked: Hashable, made: KeptForecast) -> None:
        self._kept.pop(asked, None)
        self._kept[asked] = made
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]

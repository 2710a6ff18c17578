"""Forecasts kept for a minute in this process: many ask for the same one, and each says its age."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from certification.domain.forecast.forecasting import Forecast, NotEnoughObserved
from shared.errors import UnavailableError

KEPT_FOR = timedelta(seconds=60)
OLD_FOR = timedelta(minutes=10)
"""How old one may be that is given while the next one is made, to whom that will do."""
MOST_KEPT = 8
"""Each of 50,000 files takes about 30 MB."""
PATIENCE = timedelta(seconds=5)
"""Half of what the database lets a transaction wait for its owner."""


class ForecastsBusyError(UnavailableError):
    """Other forecasts are being made."""

    def __init__(self) -> None:
        super().__init__(
            "other forecasts are being made; ask again in a few seconds", code="forecasts-busy"
        )


@dataclass(frozen=True)
class KeptForecast:
    """A forecast, and the instant whose facts it rests on."""

    as_of: datetime
    answer: Forecast | NotEnoughObserved


class KeptForecasts:
    """The forecasts of one process, by what was asked; who wants a new one waits while it is made.

    Only one is made at a time: making it takes a second of one core, and requests need the other.
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
        """Give the one kept for that, or make it as of now.

        One that `may_be_old` is given while any is being made, so that nobody waits for the next.
        ForecastsBusyError where others are being made for longer than a transaction may wait.
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

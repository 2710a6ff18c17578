"""A forecast is made once a minute, however many ask; an older one is given where that will do."""

import asyncio
from datetime import timedelta

import pytest

from certification.domain.forecast.forecasting import NotEnoughObserved
from certification.domain.forecast.observed import Observed
from certification.storage.kept_forecasts import (
    KEPT_FOR,
    MOST_KEPT,
    OLD_FOR,
    ForecastsBusyError,
    KeptForecasts,
)
from unit.certification.desk_days import MORNING

ANSWER = NotEnoughObserved(Observed(()), ("everything",))


class Maker:
    """Counts how often a forecast was made."""

    def __init__(self) -> None:
        self.made = 0

    async def __call__(self) -> NotEnoughObserved:
        """Make it once more, and let others run meanwhile."""
        self.made += 1
        await asyncio.sleep(0)
        return ANSWER


@pytest.mark.parametrize(
    ("later", "made"),
    [
        (timedelta(0), 1),
        (KEPT_FOR - timedelta(seconds=1), 1),
        (KEPT_FOR, 2),
        (-KEPT_FOR, 2),
    ],
)
async def test_a_forecast_is_given_again_for_a_minute(later: timedelta, made: int) -> None:
    kept, maker = KeptForecasts(), Maker()
    await kept.of("asked", MORNING, maker)

    found = await kept.of("asked", MORNING + later, maker)

    assert maker.made == made
    assert found.as_of == (MORNING if made == 1 else MORNING + later)


async def test_who_asks_meanwhile_waits_for_the_same_one() -> None:
    kept, maker = KeptForecasts(), Maker()

    found = await asyncio.gather(*(kept.of("asked", MORNING, maker) for _ in range(5)))

    assert maker.made == 1
    assert {each.as_of for each in found} == {MORNING}


async def test_another_question_has_its_own_and_the_first_made_is_forgotten_first() -> None:
    kept, maker = KeptForecasts(), Maker()
    for asked in range(MOST_KEPT + 1):
        await kept.of(asked, MORNING, maker)

    await kept.of(MOST_KEPT, MORNING, maker)
    await kept.of(0, MORNING, maker)

    assert maker.made == MOST_KEPT + 2


async def test_who_would_wait_too_long_is_told_to_ask_again() -> None:
    kept, maker = KeptForecasts(patience=timedelta(milliseconds=1)), Maker()
    is_let_go = asyncio.Event()

    async def make_slowly() -> NotEnoughObserved:
        await is_let_go.wait()
        return ANSWER

    slow = asyncio.create_task(kept.of("slow", MORNING, make_slowly))
    await asyncio.sleep(0)
    with pytest.raises(ForecastsBusyError) as refused:
        await kept.of("asked", MORNING, maker)
    is_let_go.set()
    await slow

    assert refused.value.code == "forecasts-busy"
    assert (await kept.of("asked", MORNING, maker)).answer == ANSWER


@pytest.mark.parametrize(
    ("later", "as_of"),
    [(KEPT_FOR, timedelta(0)), (OLD_FOR, OLD_FOR), (OLD_FOR + KEPT_FOR, OLD_FOR + KEPT_FOR)],
)
async def test_an_old_one_will_do_while_the_next_is_made(
    later: timedelta, as_of: timedelta
) -> None:
    kept, maker = KeptForecasts(), Maker()
    await kept.of("asked", MORNING, maker)
    now = MORNING + later

    found = await asyncio.gather(
        kept.of("asked", now, maker), kept.of("asked", now, maker, may_be_old=True)
    )

    assert [each.as_of - MORNING for each in found] == [later, as_of]
    assert maker.made == 2


async def test_who_finds_none_being_made_makes_the_next() -> None:
    kept, maker = KeptForecasts(), Maker()
    await kept.of("asked", MORNING, maker)

    found = await kept.of("asked", MORNING + KEPT_FOR, maker, may_be_old=True)

    assert (found.as_of, maker.made) == (MORNING + KEPT_FOR, 2)


async def test_one_that_could_not_be_made_is_not_kept() -> None:
    kept, maker = KeptForecasts(), Maker()

    async def fail() -> NotEnoughObserved:
        raise LookupError

    with pytest.raises(LookupError):
        await kept.of("asked", MORNING, fail)

    await kept.of("asked", MORNING, maker)
    assert maker.made == 1

"""Two clerks: one works, the other stands by and takes over."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from pydantic import SecretStr

from faults.waiting import until
from integration.law.ledger_world import DUE_AT, announced, owed
from shared.clock import Clock
from shared.database import leases
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Transaction
from shared.law.clerk import loop
from shared.law.clerk.loop import Clerk
from shared.law.clerk.sweep import Swept, sweep_batch
from shared.law.in_force import Law
from shared.process.settings import DatabaseSettings
from shared.testing.clocks import FixedClock

PATIENCE = 20


@pytest.fixture
def settings(new_database: Callable[[str | None], str]) -> DatabaseSettings:
    return DatabaseSettings(database_url=SecretStr(new_database("doj-gateway")))


@pytest.fixture
async def ledger_database(settings: DatabaseSettings, clock: FixedClock) -> AsyncIterator[Database]:
    engine = create_engine(settings, "tests")
    yield Database(engine, clock, "doj-gateway")
    await engine.dispose()


class Rests:
    """Stands for the clerk's waiting: notes how long it would have waited, and ends the clerk."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def wait(self, seconds: float, stop: asyncio.Event) -> None:
        """Note how long; the clerk stops at the second rest."""
        self.seconds.append(seconds)
        if len(self.seconds) > 1:
            stop.set()


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> Rests:
    noted = Rests()
    monkeypatch.setattr(loop, "first_of", noted.wait)
    return noted


class PassingTime:
    """Stands for the machine's monotonic clock; a test says how long something takes."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        """Return the seconds that have passed."""
        return self.seconds


class RunningClerk:
    """A clerk at work in this process."""

    def __init__(self, settings: DatabaseSettings, clock: Clock, law: Law) -> None:
        self._engine = create_engine(settings, "tests clerk")
        self.clerk = Clerk(settings, Database(self._engine, clock, "doj-gateway"), law)
        self._stop = asyncio.Event()
        self._task = asyncio.create_task(self.clerk.run(self._stop))

    async def end(self) -> None:
        """Tell it to stop, and wait until it has."""
        self._stop.set()
        await self._task
        await self._engine.dispose()


async def notices(database: Database, count: int) -> list[dict[str, object]]:
    """Wait until so many notices were announced."""

    async def are_announced() -> bool:
        return len(await announced(database, "due-soon", "overdue")) >= count

    await until(are_announced)
    return await announced(database, "due-soon", "overdue")


async def test_of_two_clerks_one_works_and_the_other_takes_over(
    settings: DatabaseSettings, ledger_database: Database, clock: FixedClock, law: Law
) -> None:
    await owed(ledger_database, law)
    first = RunningClerk(settings, clock, law)
    clock.set(DUE_AT - timedelta(days=3))
    await notices(ledger_database, 2)
    second = RunningClerk(settings, clock, law)
    await first.end()
    clock.set(DUE_AT)

    found = await notices(ledger_database, 6)
    reason = await second.clerk.reason()
    await second.end()

    assert reason is None
    assert [notice["verb"] for notice in found] == ["due-soon"] * 2 + ["overdue"] * 4


async def test_an_idle_clerk_is_well_and_stops_when_told(
    settings: DatabaseSettings, ledger_database: Database, clock: FixedClock, law: Law
) -> None:
    await owed(ledger_database, law)
    clerk = RunningClerk(settings, clock, law)
    clock.set(DUE_AT)
    await notices(ledger_database, 4)

    await clerk.end()

    assert await clerk.clerk.reason() is None


async def test_a_clerk_with_nothing_to_do_rests_between_its_rounds(
    settings: DatabaseSettings, ledger_database: Database, law: Law, rests: Rests
) -> None:
    clerk = Clerk(settings, ledger_database, law)

    async with asyncio.timeout(PATIENCE):
        await clerk.run(asyncio.Event())

    assert rests.seconds[:3] == [2.0, 2.0, 1.0]


async def test_a_clerk_whose_database_is_away_says_so_and_asks_again(
    ledger_database: Database, law: Law, rests: Rests
) -> None:
    nobody = DatabaseSettings(database_url=SecretStr("postgresql://nobody@127.0.0.1:1/none"))
    clerk = Clerk(nobody, ledger_database, law)

    async with asyncio.timeout(PATIENCE):
        await clerk.run(asyncio.Event())

    assert len(rests.seconds) == 2
    assert await clerk.reason() == "the database is unavailable: ConnectionRefusedError"


async def test_what_a_clerk_does_is_on_the_record_as_its_own(
    settings: DatabaseSettings, ledger_database: Database, law: Law, rests: Rests
) -> None:
    actors: list[str] = []

    async def work(tx: Transaction) -> int:
        actors.append(tx.actor.subject)
        return 0

    async with asyncio.timeout(PATIENCE):
        await Clerk(settings, ledger_database, law, works=(work,)).run(asyncio.Event())

    assert set(actors) == {"process:doj-gateway clerk"}
    assert rests.seconds


async def test_a_clerk_whose_rounds_take_long_keeps_its_lease(
    settings: DatabaseSettings,
    ledger_database: Database,
    law: Law,
    rests: Rests,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passing = PassingTime()

    async def sweep(tx: Transaction, by: Law) -> Swept:
        passing.seconds += 3
        return await sweep_batch(tx, by)

    async def work(_: Transaction) -> int:
        passing.seconds += 2
        return 0

    async def rest(seconds: float, stop: asyncio.Event) -> None:
        passing.seconds += seconds
        await rests.wait(seconds, stop)

    monkeypatch.setattr(leases, "time", passing)
    monkeypatch.setattr(loop, "sweep_batch", sweep)
    monkeypatch.setattr(loop, "first_of", rest)

    async with asyncio.timeout(PATIENCE):
        await Clerk(settings, ledger_database, law, works=(work,)).run(asyncio.Event())

    assert rests.seconds[:2] == [2.0, 2.0]

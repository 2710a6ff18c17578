"""A clerk is killed in the middle of a sweep, and two meet: each notice is given once."""

import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from faults.service_process import ServiceProcess, running, started
from faults.waiting import until
from local_system.environment import migration_environment
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.law.clerk.sweep import DUTIES_AT_ONCE
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Owner, Subject
from shared.law.in_force import load_law
from shared.process.fault_points import FaultPoint
from shared.process.settings import DatabaseSettings
from shared.security.principals import process_actor

CAUSE = Cause(process_actor("tests"), new_id())
DUTIES = 3 * DUTIES_AT_ONCE
DAYS_SINCE_SCORED = timedelta(days=25)
"""Thirty days less five: the owner's notice, seven days before, is to be given."""
GIVEN = "SELECT duty_id FROM duty_notices"
ANNOUNCED = "SELECT subject_id FROM outbox WHERE type = 'scoring.duty.due-soon'"


@dataclass
class Ledger:
    """A scoring service's ledger whose owners are all to be told at once, and its clerks."""

    database: Database
    environment: dict[str, str]
    folder: Path

    def clerk(self, name: str) -> ServiceProcess:
        """A clerk as a process."""
        return ServiceProcess(name, self.folder / name, ("scoring", "clerk"), self.environment)

    async def owe(self, count: int) -> None:
        """Open duties to share scores of a while ago."""
        law = load_law("standards-2012")
        async with self.database.transaction(CAUSE) as tx:
            for _ in range(count):
                await ledger.open_duty(
                    tx,
                    law,
                    rule="share-score",
                    facts=[Fact("assessment", tx.today - DAYS_SINCE_SCORED)],
                    subject=Subject("assessment", new_id()),
                    owner=Owner(person=new_id()),
                )

    async def ids(self, statement: str) -> list[str]:
        """The ids that a statement selects."""
        async with self.database.transaction(CAUSE) as tx:
            return [str(each) for each in (await tx.execute(text(statement))).scalars()]

    async def until_all_are_told(self, count: int = DUTIES) -> None:
        """Wait until each duty has its notice."""

        async def are_told() -> bool:
            return len(await self.ids(GIVEN)) >= count

        await until(are_told)

    async def until_another_leads(self) -> None:
        """Wait until the lease has changed hands."""

        async def has_changed() -> bool:
            return len(await self.ids("SELECT term FROM leases WHERE term > 1")) > 0

        await until(has_changed)

    async def check_each_was_told_once(self, count: int = DUTIES) -> None:
        """Every duty has one notice, and every notice one event."""
        given, announced = await self.ids(GIVEN), await self.ids(ANNOUNCED)
        assert len(set(given)) == len(given) == count
        assert sorted(announced) == sorted(given)


@pytest.fixture
async def scores(
    new_database: Callable[[str | None], str], tmp_path: Path
) -> AsyncIterator[Ledger]:
    url = new_database("scoring")
    engine = create_engine(DatabaseSettings(database_url=SecretStr(url)), "tests")
    environment = migration_environment("scoring", url)
    yield Ledger(Database(engine, SystemClock(), "scoring"), environment, tmp_path)
    await engine.dispose()


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(FaultPoint.COMMITTING, id="before a batch is committed"),
        pytest.param(FaultPoint.COMMITTED, id="after a batch is committed"),
    ],
)
async def test_clerk_killed_in_the_middle_of_its_sweep(scores: Ledger, point: FaultPoint) -> None:
    await scores.owe(DUTIES)
    clerk = scores.clerk("clerk")
    clerk.faults.arm(point)
    async with started(clerk):
        await clerk.until_killed_at(point)

    async with running(scores.clerk("successor")):
        await scores.until_all_are_told()

    await scores.check_each_was_told_once()


async def test_clerk_paused_past_its_lease_in_the_middle_of_its_sweep(scores: Ledger) -> None:
    await scores.owe(DUTIES)
    first, second = scores.clerk("first"), scores.clerk("second")
    first.faults.arm(FaultPoint.COMMITTING, "pause")
    async with started(first):
        await first.until_paused_at(FaultPoint.COMMITTING)
        async with started(second):
            await scores.until_another_leads()
            first.send(signal.SIGCONT)
            await scores.until_all_are_told()

    await scores.check_each_was_told_once()

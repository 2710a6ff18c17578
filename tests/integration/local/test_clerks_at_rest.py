"""While the past is played on a running system its clerk rests; then it tells what is open."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from pydantic import SecretStr

from faults.waiting import until
from integration.law.ledger_world import CAUSE, DUE_AT, RECEIVED, SEND, announced, owed
from local_system.clerks_at_rest import clerks_at_rest
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.law.clerk.loop import Clerk
from shared.law.duty import ledger
from shared.law.in_force import Law, load_law
from shared.process.settings import DatabaseSettings
from shared.testing.clocks import FixedClock


@pytest.fixture
def settings(new_database: Callable[[str | None], str]) -> DatabaseSettings:
    return DatabaseSettings(database_url=SecretStr(new_database("doj-gateway")))


@pytest.fixture
def law() -> Law:
    return load_law("standards-2012")


@pytest.fixture
async def database(settings: DatabaseSettings) -> AsyncIterator[Database]:
    engine = create_engine(settings, "tests")
    yield Database(engine, FixedClock(DUE_AT), "doj-gateway")
    await engine.dispose()


@pytest.fixture
async def clerk(settings: DatabaseSettings, database: Database, law: Law) -> AsyncIterator[Clerk]:
    """A clerk at work, whose clock says that the duties are overdue."""
    stop, working = asyncio.Event(), Clerk(settings, database, law)
    task = asyncio.create_task(working.run(stop))
    await come_round(working)
    yield working
    stop.set()
    await task


async def come_round(clerk: Clerk) -> None:
    """Wait until it has come round since now."""
    before = clerk.last_progress

    async def has_come() -> bool:
        return clerk.last_progress > before

    await until(has_come)


async def told(database: Database) -> list[object]:
    return [each["duty_id"] for each in await announced(database, "due-soon", "overdue")]


async def test_what_is_met_while_the_clerk_rests_is_never_told_as_overdue(
    settings: DatabaseSettings, database: Database, law: Law, clerk: Clerk
) -> None:
    async with clerks_at_rest([settings]):
        still_open, met = await owed(database, law), await owed(database, law)
        await come_round(clerk)
        await come_round(clerk)
        async with database.transaction(CAUSE) as tx:
            await ledger.meet_duty(tx, SEND, met.subject.id, at=RECEIVED)

    async def works_again() -> bool:
        return len(await told(database)) > 0

    await until(works_again)
    assert set(await told(database)) == {str(still_open.id)}
    assert await clerk.reason() is None

"""A list of 20,000 programs: looked at, taken in and undone, as a clerk does.

Beside what is ours stands a bare insert of as many rows, in batches of the same size, into a table
with one index.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
from pydantic import SecretStr

from benchmarks.certification.report import ListRow
from certification.domain.applications import Kind
from certification.domain.intakes import IntakeState
from certification.use_cases.begin_intake_run import begin_applying, begin_undoing
from certification.use_cases.check_intake import CheckIntake, check_intake
from certification.use_cases.show_intake import show_intake
from certification.use_cases.work_off_intakes import LINES_AT_ONCE, work_off_next
from local_system.fresh_databases import FreshDatabases
from shared.clock import SystemClock
from shared.counties import all_counties
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause, Transaction
from shared.identifiers import new_id
from shared.law.in_force import load_law
from shared.process.settings import DatabaseSettings
from shared.security.principals import process_actor

LOOK_AT, TAKE_IN, UNDO = "intake: look at a list", "intake: take it in", "intake: undo it"
NAMES = (LOOK_AT, TAKE_IN, UNDO)
LINES = 20_000
MOST_SECONDS = 60
FIRST_DAY = date(2026, 1, 1)
HEADER = "number,name,headquarters_county,served_counties,effective_from,effective_until"
COUNTIES = [each.name for each in all_counties()]
LAW = load_law("standards-2012")


@dataclass
class Desk:
    """One database, and the list in it."""

    database: Database
    lines: int
    intake_id: UUID | None = None

    async def look_at(self) -> IntakeState:
        """Look at the list, as a request does."""
        command = CheckIntake(Kind.PROGRAM, program_list(self.lines))
        async with self.transaction() as tx:
            self.intake_id = (await check_intake(tx, LAW, command)).intake.id
        return await self._state()

    async def take_in(self) -> IntakeState:
        """Take it in, as the clerk does."""
        return await self._run(lambda tx, intake: begin_applying(tx, intake, skip_refused=False))

    async def undo(self) -> IntakeState:
        """Undo it, as the clerk does."""
        return await self._run(begin_undoing)

    def transaction(self) -> Any:  # noqa: ANN401 - an asynchronous context without a name
        """Begin as the clerk does."""
        return self.database.transaction(Cause(process_actor("bench"), new_id()))

    async def _run(self, begin: Callable[[Transaction, UUID], Awaitable[object]]) -> IntakeState:
        async with self.transaction() as tx:
            await begin(tx, self._id())
        done = LINES_AT_ONCE
        while done:
            async with self.transaction() as tx:
                done = await work_off_next(tx, LAW)
        return await self._state()

    async def _state(self) -> IntakeState:
        async with self.transaction() as tx:
            return (await show_intake(tx, self._id())).state

    def _id(self) -> UUID:
        if self.intake_id is None:
            raise ValueError("no list was sent yet")
        return self.intake_id


def program_list(lines: int) -> bytes:
    """A list of that many programs; a third of them have a number of ours already."""
    return "\n".join([HEADER, *(_line(number) for number in range(1, lines + 1))]).encode()


def _line(number: int) -> str:
    listed = f"PRG-{number:06d}" if number % 3 == 0 else ""
    here, there = (COUNTIES[(number * step) % len(COUNTIES)] for step in (7, 11))
    first = FIRST_DAY + timedelta(days=number % 300)
    until = first.replace(year=first.year + 2)
    return f"{listed},Program {number} of {here},{here},{there},{first},{until}"


async def measure(databases: FreshDatabases, lines: int) -> list[ListRow]:
    """Measure on a database of its own."""
    url = await asyncio.to_thread(databases.fresh, "certification")
    engine = create_engine(DatabaseSettings(database_url=SecretStr(url)), "bench")
    bare = await asyncpg.connect(url)
    try:
        bare_seconds = await _seconds_of_bare(bare, lines)
        desk = Desk(Database(engine, SystemClock(), "certification"), lines)
        return [
            await _row(LOOK_AT, desk.look_at, lines, bare_seconds, IntakeState.CHECKED),
            await _row(TAKE_IN, desk.take_in, lines, bare_seconds, IntakeState.APPLIED),
            await _row(UNDO, desk.undo, lines, bare_seconds, IntakeState.UNDONE),
        ]
    finally:
        await bare.close()
        await engine.dispose()


async def _row(
    name: str,
    part: Callable[[], Awaitable[IntakeState]],
    lines: int,
    bare_seconds: float,
    expected: IntakeState,
) -> ListRow:
    began = time.perf_counter()
    state = await part()
    seconds = time.perf_counter() - began
    aim = MOST_SECONDS * lines / LINES if name == TAKE_IN else None
    return ListRow(name, lines, seconds, bare_seconds, aim, is_failed=state is not expected)


async def _seconds_of_bare(bare: asyncpg.Connection, lines: int) -> float:
    await bare.execute("CREATE TABLE bare (id uuid PRIMARY KEY, name text NOT NULL, day date)")
    began = time.perf_counter()
    for begin in range(0, lines, LINES_AT_ONCE):
        numbers = range(begin, min(begin + LINES_AT_ONCE, lines))
        rows = [(new_id(), f"Program {number}", FIRST_DAY) for number in numbers]
        async with bare.transaction():
            await bare.executemany("INSERT INTO bare VALUES ($1, $2, $3)", rows)
    return time.perf_counter() - began

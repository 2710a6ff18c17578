"""A list of 20,000 programs: looked at, taken in and undone, each in lines per second.

    PYTHONPATH=tests .venv/bin/python -m benchmarks.certification.intake

Prints one JSON document; beside what is ours stands a bare insert of as many rows, in batches of
the same size, into a table with one index. LINES sets another length.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from pydantic import SecretStr

from benchmarks.events.servers import postgres_alone, say
from certification.domain.applications import Kind
from certification.domain.intakes import IntakeState
from certification.use_cases.begin_intake_run import begin_applying, begin_undoing
from certification.use_cases.check_intake import CheckIntake, check_intake
from certification.use_cases.show_intake import show_intake
from certification.use_cases.work_off_intakes import LINES_AT_ONCE, work_off_next
from local_system.fresh_databases import FreshDatabases
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause, Transaction
from shared.identifiers import new_id
from shared.law.counties import all_counties
from shared.law.in_force import load_law
from shared.operations.settings import DatabaseSettings
from shared.security.principals import process_actor

LINES = int(os.environ.get("LINES") or 20_000)
FIRST_DAY = date(2026, 1, 1)
HEADER = "number,name,headquarters_county,served_counties,effective_from,effective_until"
COUNTIES = [each.name for each in all_counties()]
LAW = load_law("standards-2012")


@dataclass
class Desk:
    """One database, and the list in it."""

    database: Database
    intake_id: UUID | None = None

    async def check(self) -> None:
        """Look at the list, as a request does."""
        command = CheckIntake(Kind.PROGRAM, program_list(LINES))
        async with self.transaction() as tx:
            self.intake_id = (await check_intake(tx, command)).intake.id

    async def apply(self) -> None:
        """Take it in, as the clerk does."""
        await self._run(lambda tx, intake: begin_applying(tx, intake, skip_refused=False))

    async def undo(self) -> None:
        """Undo it, as the clerk does."""
        await self._run(begin_undoing)

    async def state(self) -> IntakeState:
        """Where the list stands."""
        async with self.transaction() as tx:
            return (await show_intake(tx, self._id())).state

    def transaction(self) -> Any:  # noqa: ANN401 - an asynchronous context without a name
        """Begin as the clerk does."""
        return self.database.transaction(Cause(process_actor("bench"), new_id()))

    async def _run(self, begin: Callable[[Transaction, UUID], Awaitable[object]]) -> None:
        async with self.transaction() as tx:
            await begin(tx, self._id())
        done = LINES_AT_ONCE
        while done:
            async with self.transaction() as tx:
                done = await work_off_next(tx, LAW)

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


async def measure(postgres: str) -> dict[str, Any]:
    """Measure on a database of its own; answers with lines per second, and what was made."""
    with tempfile.TemporaryDirectory(prefix="casomb-bench-") as folder:
        databases = FreshDatabases(postgres, Path(folder))
        url = await asyncio.to_thread(databases.fresh, "certification")
        engine = create_engine(DatabaseSettings(database_url=SecretStr(url)), "bench")
        bare = await asyncpg.connect(url)
        try:
            figures = await _figures(Desk(Database(engine, SystemClock(), "certification")), bare)
        finally:
            await bare.close()
            await engine.dispose()
            databases.drop(url)
            databases.drop_templates()
    return figures


async def _figures(desk: Desk, bare: asyncpg.Connection) -> dict[str, Any]:
    figures: dict[str, Any] = {"lines": LINES}
    for name, part in (("check", desk.check), ("apply", desk.apply), ("undo", desk.undo)):
        seconds = await _seconds(part)
        figures[name] = {
            "seconds": round(seconds, 1),
            "lines per second": round(LINES / seconds),
            "state": await desk.state(),
        }
        if name == "apply":
            figures["made"] = await _made(bare)
    seconds = await _seconds(lambda: _insert_bare(bare))
    figures["bare rows per second"] = round(LINES / seconds)
    return figures


async def _made(bare: asyncpg.Connection) -> dict[str, int]:
    """Count what taking in has written, so that nothing fast is nothing done."""
    tables = ("certifications", "certification_standings", "duties", "duty_changes", "outbox")
    return {
        name: await bare.fetchval(f"SELECT count(*) FROM {name}")  # noqa: S608 - names of our own
        for name in (*tables, "audit_entries")
    }


async def _insert_bare(bare: asyncpg.Connection) -> None:
    await bare.execute("CREATE TABLE bare (id uuid PRIMARY KEY, name text NOT NULL, day date)")
    for begin in range(0, LINES, LINES_AT_ONCE):
        numbers = range(begin, min(begin + LINES_AT_ONCE, LINES))
        rows = [(new_id(), f"Program {number}", FIRST_DAY) for number in numbers]
        async with bare.transaction():
            await bare.executemany("INSERT INTO bare VALUES ($1, $2, $3)", rows)


async def _seconds(part: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await part()
    return time.perf_counter() - began


async def main() -> None:
    """Measure, and print."""
    async with postgres_alone() as postgres:
        say(f"a list of {LINES:,} programs")
        sys.stdout.write(json.dumps(await measure(postgres), indent=2) + "\n")


if __name__ == "__main__":
    asyncio.run(main())

"""A clerk is killed while it takes in a list, and again while it undoes it: nothing is twice."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from certification.domain.applications import Kind
from certification.domain.intakes import IntakeState, LineOutcome
from certification.use_cases.begin_intake_run import begin_applying, begin_undoing
from certification.use_cases.check_intake import CheckIntake, check_intake
from certification.use_cases.show_intake import show_intake
from certification.use_cases.work_off_intakes import LINES_AT_ONCE
from faults.service_process import ServiceProcess, running, started
from faults.waiting import until
from local_system.environment import migration_environment
from shared.clock import SystemClock, california_date
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.law.in_force import load_law
from shared.process.fault_points import FaultPoint
from shared.process.settings import DatabaseSettings
from shared.security.principals import process_actor

CAUSE = Cause(process_actor("tests"), new_id())
LINES = 2 * LINES_AT_ONCE + 100
HEADER = "name,level,effective_from,effective_until\n"
TODAY = california_date(SystemClock().now())
BEGINS, ENDS = TODAY - timedelta(days=30), TODAY + timedelta(days=700)
LIST = HEADER + "".join(f"Provider {place},associate,{BEGINS},{ENDS}\n" for place in range(LINES))
OF_EACH = """
    SELECT count(*), count(DISTINCT certification_id), count(DISTINCT subject_id)
    FROM intake_rows
    LEFT JOIN outbox ON subject_id = certification_id AND type = :type
    WHERE intake_id = :intake_id AND outcome = :outcome
"""


@dataclass
class ListDesk:
    """A list in a database, and the clerks that work it off."""

    database: Database
    environment: dict[str, str]
    folder: Path
    intake_id: UUID

    def clerk(self, name: str) -> ServiceProcess:
        """A clerk as a process."""
        command = ("certification", "clerk")
        return ServiceProcess(name, self.folder / name, command, self.environment)

    async def apply(self) -> None:
        """Ask for it to be taken in."""
        async with self.database.transaction(CAUSE) as tx:
            await begin_applying(tx, self.intake_id, skip_refused=False)

    async def undo(self) -> None:
        """Ask for it to be undone."""
        async with self.database.transaction(CAUSE) as tx:
            await begin_undoing(tx, self.intake_id)

    async def until_it_is(self, state: IntakeState) -> None:
        """Wait until the run is over."""

        async def is_there() -> bool:
            async with self.database.transaction(CAUSE) as tx:
                return (await show_intake(tx, self.intake_id)).state is state

        await until(is_there)

    async def killed_at(self, point: FaultPoint, state: IntakeState) -> None:
        """Let one clerk be killed at a point, and another finish."""
        clerk = self.clerk(f"{state}")
        clerk.faults.arm(point)
        async with started(clerk):
            await clerk.until_killed_at(point)
        async with running(self.clerk(f"{state} successor")):
            await self.until_it_is(state)

    async def of_each(self, outcome: LineOutcome, kind: str) -> list[int]:
        """Lines of an outcome with an event of a type each: lines, certifications, subjects."""
        told = {"intake_id": self.intake_id, "outcome": outcome, "type": f"certification.{kind}"}
        async with self.database.transaction(CAUSE) as tx:
            return list((await tx.execute(text(OF_EACH), told)).one())


LAW = load_law("standards-2012")


@pytest.fixture
async def desk(
    new_database: Callable[[str | None], str], tmp_path: Path
) -> AsyncIterator[ListDesk]:
    url = new_database("certification")
    engine = create_engine(DatabaseSettings(database_url=SecretStr(url)), "tests")
    database = Database(engine, SystemClock(), "certification")
    async with database.transaction(CAUSE) as tx:
        checked = await check_intake(tx, LAW, CheckIntake(Kind.PROVIDER, LIST.encode()))
    environment = migration_environment("certification", url)
    yield ListDesk(database, environment, tmp_path, checked.intake.id)
    await engine.dispose()


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(FaultPoint.COMMITTING, id="before a batch is committed"),
        pytest.param(FaultPoint.COMMITTED, id="after a batch is committed"),
    ],
)
async def test_clerk_killed_in_the_middle_of_a_list(desk: ListDesk, point: FaultPoint) -> None:
    await desk.apply()
    await desk.killed_at(point, IntakeState.APPLIED)
    made = await desk.of_each(LineOutcome.MADE, "certification.recorded")
    await desk.undo()
    await desk.killed_at(point, IntakeState.UNDONE)

    undone = await desk.of_each(LineOutcome.UNDONE, "certification.ended")
    assert made == undone == [LINES, LINES, LINES]

"""Whoever works a list off, and however often that is cut short: no line is done twice."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from certification.service import SERVICE
from certification.settings import Settings
from certification.use_cases import work_off_intakes
from certification.use_cases.work_off_intakes import work_off, work_off_next
from faults.waiting import until
from integration.certification.board_office import BoardOffice
from integration.certification.intake_desk import (
    LAW,
    PROGRAM_HEADER,
    IntakeDesk,
    program_lines,
)
from shared.composition import loops
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.law.counting.rules import NoDutyError
from shared.security.principals import process_actor
from shared.testing.clocks import FixedClock

MADE_ONCE = """
    SELECT count(*), count(DISTINCT certifications.number), count(DISTINCT duties.id),
           count(DISTINCT outbox.event_id)
    FROM intake_rows
    JOIN certifications ON certifications.id = intake_rows.certification_id
    JOIN programs ON programs.id = certifications.holder_id
    JOIN duties ON duties.subject_id = certifications.id
    JOIN outbox ON outbox.subject_id = certifications.id
    WHERE intake_rows.intake_id = CAST(:intake AS uuid) AND intake_rows.outcome = 'made'
"""


class CutOffError(Exception):
    """The process dies."""


@pytest.fixture
def desk(office: BoardOffice) -> IntakeDesk:
    return IntakeDesk(office)


@pytest.fixture
async def second(settings: Settings, clock: FixedClock) -> AsyncIterator[Database]:
    """Another process on the same database."""
    engine = create_engine(settings, "second worker")
    yield Database(engine, clock, "certification")
    await engine.dispose()


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_off_intakes, "LINES_AT_ONCE", 20)


def _cause(name: str) -> Cause:
    return Cause(process_actor(name), new_id())


async def _clerk(database: Database) -> None:
    async def batch() -> int:
        async with database.transaction(_cause("clerk")) as tx:
            return await work_off_next(tx, LAW)

    while await batch():
        pass


async def _console(database: Database, run_id: str) -> None:
    async def batch() -> bool:
        async with database.transaction(_cause("console")) as tx:
            return await work_off(tx, LAW, UUID(run_id))

    while await batch():
        pass


async def _begun(desk: IntakeDesk, count: int, name: str) -> tuple[str, str]:
    """A list that is to be taken in: the ids of the intake and of its run."""
    checked = await desk.checked(PROGRAM_HEADER + program_lines(count, name=name))
    begun = await desk.run(checked["intake_id"])
    return checked["intake_id"], begun.json()["runs"][0]["run_id"]


async def test_two_workers_at_once_do_every_line_once(desk: IntakeDesk, second: Database) -> None:
    intake_id, run_id = await _begun(desk, 205, "Together")

    await asyncio.gather(
        _console(desk.office.database, run_id), _console(second, run_id), _clerk(second)
    )

    shown = await desk.show(intake_id)
    assert (shown["state"], shown["counts"]["made"]) == ("applied", 205)
    assert await desk.counted(MADE_ONCE, intake=intake_id) == [(205, 205, 205, 205)]


async def test_lists_taken_in_at_once_beside_a_grant_share_no_number(
    desk: IntakeDesk, second: Database
) -> None:
    first, other = await _begun(desk, 60, "First"), await _begun(desk, 60, "Other")

    *_, granted = await asyncio.gather(
        _console(desk.office.database, first[1]),
        _console(second, other[1]),
        desk.office.certified(desk.office.program_body(name="Between")),
    )

    numbers = await desk.counted("SELECT number, count(*) FROM certifications GROUP BY number")
    assert granted["number"] in {number for number, _ in numbers}
    assert {times for _, times in numbers} == {1}


async def test_what_a_worker_did_not_finish_the_next_one_does(desk: IntakeDesk) -> None:
    intake_id, _ = await _begun(desk, 50, "Cut off")
    await desk.work()

    with pytest.raises(CutOffError):
        async with desk.office.database.transaction(_cause("clerk")) as tx:
            await work_off_next(tx, LAW)
            raise CutOffError
    half = await desk.show(intake_id)
    await desk.work_all()

    whole = await desk.show(intake_id)
    assert (half["state"], half["counts"]["made"], half["counts"]["ready"]) == ("applying", 20, 30)
    assert (whole["state"], whole["counts"]["made"]) == ("applied", 50)
    assert await desk.counted(MADE_ONCE, intake=intake_id) == [(50, 50, 50, 50)]


async def test_the_clerk_takes_lists_in_beside_its_notices(
    desk: IntakeDesk, settings: Settings, second: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "create_engine", lambda *_: second.engine)
    intake_id, _ = await _begun(desk, 30, "By the clerk")
    clerk, stop = SERVICE.build_loop("clerk", settings), asyncio.Event()
    at_work = asyncio.create_task(clerk.run(stop))

    async def is_applied() -> bool:
        return bool((await desk.show(intake_id))["state"] == "applied")

    await until(is_applied)
    stop.set()
    await at_work

    assert await desk.counted(MADE_ONCE, intake=intake_id) == [(30, 30, 30, 30)]


async def test_a_batch_that_is_refused_stops_its_run_which_may_be_asked_for_again(
    desk: IntakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake_id, _ = await _begun(desk, 3, "Stopped")

    async def refuse(*_: object) -> int:
        raise NoDutyError("nobody owes this", code="no-duty")

    with monkeypatch.context() as patched:
        patched.setattr(work_off_intakes, "take_in_lines", refuse)
        await desk.work_all()
    stopped = await desk.show(intake_id)
    again = await desk.run(intake_id)
    await desk.work_all()

    assert (stopped["state"], stopped["runs"][0]["stopped_because"]) == ("stopped", "no-duty")
    assert again.status_code == 202
    assert (await desk.show(intake_id))["counts"]["made"] == 3

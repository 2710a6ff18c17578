"""The clerk's notices: each once, in order, exact at the boundary, whatever dies meanwhile."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from integration.law.ledger_world import CAUSE, DUE_AT, SEND, announced, owed
from shared.database.database import Database
from shared.law.clerk import sweep as sweeping
from shared.law.clerk.sweep import sweep_batch
from shared.law.duty import ledger
from shared.law.duty.duties import Duty
from shared.law.in_force import Law
from shared.testing.clocks import FixedClock

THREE_DAYS_BEFORE = datetime(2026, 11, 28, 8, tzinfo=UTC)
"""Midnight in California as November 28 begins; the duty is due on December 1."""
SECOND = timedelta(seconds=1)
EVERYONE = ["owner", "unit-supervisor", "agency-lead", "operator"]


class KilledError(Exception):
    """Stands for the death of a clerk in the middle of its sweep."""


async def sweep(database: Database, law: Law) -> int:
    async with database.transaction(CAUSE) as tx:
        return sum((await sweep_batch(tx, law)).told.values())


async def told(database: Database) -> list[tuple[str, str]]:
    notices = await announced(database, "due-soon", "overdue")
    return [(notice["verb"], notice["notify"]) for notice in notices]


async def test_nobody_is_told_a_second_before_the_day_begins_in_california(
    database: Database, law: Law, clock: FixedClock
) -> None:
    await owed(database, law)
    clock.set(THREE_DAYS_BEFORE - SECOND)

    await sweep(database, law)

    assert await told(database) == []


async def test_the_owner_is_told_as_the_day_begins_in_california(
    database: Database, law: Law, clock: FixedClock
) -> None:
    duty = await owed(database, law)
    clock.set(THREE_DAYS_BEFORE)

    await sweep(database, law)

    (notice,) = await announced(database, "due-soon")
    assert (notice["notify"], notice["step"], notice["days_before"]) == ("owner", 1, 3)
    assert (notice["duty_id"], notice["due_on"]) == (str(duty.id), "2026-12-01")


async def test_day_by_day_each_is_told_once_in_the_order_of_escalation(
    database: Database, law: Law, clock: FixedClock
) -> None:
    await owed(database, law)
    clock.set(THREE_DAYS_BEFORE)

    for _ in range(2 * 24 * 6):
        await sweep(database, law)
        clock.advance(timedelta(minutes=30))

    assert await told(database) == [
        ("due-soon", "owner"),
        ("due-soon", "unit-supervisor"),
        ("due-soon", "agency-lead"),
        ("due-soon", "operator"),
        *(("overdue", who) for who in EVERYONE),
    ]


async def test_a_duty_is_overdue_as_its_last_day_ends_and_not_a_second_sooner(
    database: Database, law: Law, clock: FixedClock
) -> None:
    await owed(database, law)
    clock.set(DUE_AT - SECOND)
    await sweep(database, law)
    before = await announced(database, "overdue")
    clock.set(DUE_AT)

    await sweep(database, law)

    assert before == []
    assert [notice["notify"] for notice in await announced(database, "overdue")] == EVERYONE


async def test_after_an_outage_each_is_told_once_by_the_last_step_that_passed(
    database: Database, law: Law, clock: FixedClock
) -> None:
    await owed(database, law)
    clock.set(DUE_AT + timedelta(days=30))

    await sweep(database, law)

    assert await told(database) == [("overdue", who) for who in EVERYONE]


async def test_a_duty_that_was_met_or_stands_still_is_nobodys_notice(
    database: Database, law: Law, clock: FixedClock
) -> None:
    duty = await owed(database, law)
    async with database.transaction(CAUSE) as tx:
        await ledger.meet_duty(tx, SEND, duty.subject.id, at=tx.now)
    clock.set(DUE_AT + timedelta(days=30))

    await sweep(database, law)

    assert await told(database) == []


async def test_a_duty_reopened_after_its_due_day_is_overdue_at_once(
    database: Database, law: Law, clock: FixedClock
) -> None:
    duty = await owed(database, law)
    async with database.transaction(CAUSE) as tx:
        await ledger.meet_duty(tx, SEND, duty.subject.id, at=tx.now)
    clock.set(DUE_AT)
    async with database.transaction(CAUSE) as tx:
        await ledger.reopen_duty(tx, SEND, duty.subject.id, reason="rejected by DOJ")

    await sweep(database, law)

    assert await told(database) == [("overdue", who) for who in EVERYONE]


async def test_what_was_told_is_not_told_again_after_a_duty_was_met_and_reopened(
    database: Database, law: Law, clock: FixedClock
) -> None:
    duty = await owed(database, law)
    clock.set(THREE_DAYS_BEFORE)
    await sweep(database, law)
    async with database.transaction(CAUSE) as tx:
        await ledger.meet_duty(tx, SEND, duty.subject.id, at=tx.now)
        await ledger.reopen_duty(tx, SEND, duty.subject.id, reason="rejected by DOJ")

    await sweep(database, law)

    assert await told(database) == [("due-soon", "owner")]


async def test_a_sweep_that_dies_before_its_commit_loses_no_notice_and_gives_none_twice(
    database: Database, law: Law, clock: FixedClock
) -> None:
    await owed(database, law)
    clock.set(THREE_DAYS_BEFORE)
    with pytest.raises(KilledError):
        await _dying_sweep(database, law)
    after_the_kill = await told(database)

    await sweep(database, law)
    await sweep(database, law)

    assert after_the_kill == []
    assert await told(database) == [("due-soon", "owner")]


async def _dying_sweep(database: Database, law: Law) -> None:
    async with database.transaction(CAUSE) as tx:
        await sweep_batch(tx, law)
        raise KilledError


async def test_two_sweeps_at_once_give_each_notice_once(
    database: Database, law: Law, clock: FixedClock
) -> None:
    duties = [await owed(database, law) for _ in range(20)]
    clock.set(THREE_DAYS_BEFORE)

    await asyncio.gather(sweep(database, law), sweep(database, law), sweep(database, law))

    notices = await announced(database, "due-soon")
    assert sorted(notice["duty_id"] for notice in notices) == sorted(str(d.id) for d in duties)


async def test_more_than_a_batch_is_swept_batch_by_batch(
    database: Database, law: Law, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "DUTIES_AT_ONCE", 2)
    for _ in range(5):
        await owed(database, law)
    clock.set(THREE_DAYS_BEFORE)

    counts = [await sweep(database, law) for _ in range(4)]

    assert counts == [2, 2, 1, 0]


async def test_a_duty_opened_late_has_its_last_passed_notice_given_at_once(
    database: Database, law: Law, clock: FixedClock
) -> None:
    clock.set(DUE_AT - timedelta(days=1, seconds=1))

    duty: Duty = await owed(database, law, date(2026, 11, 20))
    await sweep(database, law)

    assert duty.due_at == DUE_AT
    assert await told(database) == [("due-soon", who) for who in EVERYONE]


async def test_nobody_is_told_at_once_of_a_duty_opened_on_its_due_day(
    database: Database, law: Law, clock: FixedClock
) -> None:
    clock.set(DUE_AT - timedelta(days=1))

    await owed(database, law, date(2026, 11, 20))
    await sweep(database, law)
    at_once = await told(database)
    clock.set(DUE_AT)
    await sweep(database, law)

    assert at_once == []
    assert await told(database) == [("overdue", who) for who in EVERYONE]


async def test_whoever_is_handed_a_duty_is_told_of_it_and_nobody_twice(
    database: Database, law: Law, clock: FixedClock
) -> None:
    duty = await owed(database, law)
    clock.set(THREE_DAYS_BEFORE)
    await sweep(database, law)
    async with database.transaction(CAUSE) as tx:
        await ledger.hand_over_duty(
            tx, SEND, duty.subject.id, agency="kern-probation", person=None, reason="transfer"
        )

    await sweep(database, law)
    await sweep(database, law)

    notices = await announced(database, "due-soon")
    assert [(each["notify"], each["owner_agency"]) for each in notices] == [
        ("owner", "yolo-probation"),
        ("owner", "kern-probation"),
    ]

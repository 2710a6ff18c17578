"""Many duties opened or canceled at once come to what the ledger makes of each one."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from integration.law.ledger_world import CAUSE, announced
from shared.database.database import Database
from shared.identifiers import new_id
from shared.law.counting.facts import Fact
from shared.law.duty import duty_queries, ledger
from shared.law.duty.duties import Duty, DutyState, Owner, Subject
from shared.law.duty.duty_batches import NewDuty, cancel_duties, open_duties
from shared.law.in_force import Law

RENEW = "renew-certification"
LAST_DAY = date(2027, 12, 31)


def _wanted(subject_id: UUID) -> NewDuty:
    return NewDuty(
        facts=(Fact("expiry", LAST_DAY, f"certification {subject_id}"),),
        subject=Subject("certification", subject_id),
        owner=Owner(role="provider", person=subject_id),
    )


async def _opened(database: Database, law: Law, *ids: UUID) -> list[Duty]:
    async with database.transaction(CAUSE) as tx:
        return await open_duties(tx, law, RENEW, [_wanted(each) for each in ids])


async def _kept(database: Database, subject_id: UUID) -> tuple[Duty | None, list[str]]:
    """The duty as it is kept, and what happened to it."""
    async with database.transaction(CAUSE) as tx:
        duty = await duty_queries.of_subject(tx, RENEW, subject_id)
        changes = await duty_queries.history(tx, duty.id) if duty else []
    return duty, [row["change"] for row in changes]


async def test_a_duty_opened_among_many_is_as_one_opened_alone(
    database: Database, law: Law
) -> None:
    alone, among = new_id(), new_id()
    wanted = _wanted(alone)
    async with database.transaction(CAUSE) as tx:
        by_itself = await ledger.open_duty(
            tx,
            law,
            rule=RENEW,
            facts=wanted.facts,
            subject=wanted.subject,
            owner=wanted.owner,
        )

    (opened,) = await _opened(database, law, among)

    kept, changes = await _kept(database, among)
    events = await announced(database, "opened")
    assert kept == opened
    assert changes == ["opened"]
    assert (opened.due_at, opened.next_look_at) == (by_itself.due_at, by_itself.next_look_at)
    assert [each["about_id"] for each in events] == [str(alone), str(among)]


async def test_opening_many_takes_no_more_trips_than_opening_two(
    database: Database, law: Law
) -> None:
    await _opened(database, law, new_id())
    trips: list[str] = []

    def note(*words: Any) -> None:  # noqa: ANN401 - as SQLAlchemy calls it
        trips.append(str(words[2]).split("(")[0])

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    await _opened(database, law, *(new_id() for _ in range(50)))
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)

    inserts = [each.strip() for each in trips if "INSERT INTO dut" in each]
    assert inserts == ["INSERT INTO duties", "INSERT INTO duty_changes"]


async def test_only_what_is_still_owed_is_canceled(database: Database, law: Law) -> None:
    owed, met, other = new_id(), new_id(), new_id()
    await _opened(database, law, owed, met, other)
    async with database.transaction(CAUSE) as tx:
        await ledger.meet_duty(tx, RENEW, met, at=tx.now)

    async with database.transaction(CAUSE) as tx:
        canceled = await cancel_duties(tx, RENEW, [owed, met, new_id()], reason="intake-undone")

    kept = [(await _kept(database, each)) for each in (owed, met, other)]
    assert [each.subject.id for each in canceled] == [owed]
    assert [duty.state for duty, _ in kept if duty] == [
        DutyState.CANCELED,
        DutyState.MET,
        DutyState.OPEN,
    ]
    assert kept[0][1] == ["opened", "canceled"]
    assert len(await announced(database, "canceled")) == 1


@pytest.mark.parametrize("ids", [(), (new_id(),)])
async def test_canceling_what_nobody_owes_does_nothing(
    database: Database, ids: tuple[UUID, ...]
) -> None:
    async with database.transaction(CAUSE) as tx:
        assert await cancel_duties(tx, RENEW, ids, reason="nothing") == []

"""The ledger on the real PostgreSQL: each change is kept, recorded and announced once."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import select, text

from shared.clock import california_date
from shared.database.database import Database
from shared.database.transaction import Cause, Transaction
from shared.errors import ConflictError, NotFoundError
from shared.identifiers import new_id
from shared.law.counting.facts import Fact
from shared.law.counting.rules import NoDutyError, PausePolicy
from shared.law.duty import ledger
from shared.law.duty.duties import Duty, DutyState, Owner, Subject
from shared.law.duty.duty_queries import of_subject
from shared.law.duty.duty_tables import DUTY_CHANGES
from shared.law.in_force import Keeping, Law, load_law
from shared.security.principals import process_actor
from shared.testing.clocks import FixedClock

CAUSE = Cause(process_actor("tests"), UUID("019aa000-0000-7000-8000-0000000000c1"))
OFFICER = UUID("019aa000-0000-7000-8000-0000000000b1")
CASE = UUID("019aa000-0000-7000-8000-0000000000d1")
RECEIVED = datetime(2026, 11, 20, 18, tzinfo=UTC)
SEND = "dynamic-score-to-doj"
CONTACT = "monthly-contact"
DECIDE = "decide-application"


async def open_send(tx: Transaction, law: Law, share_id: UUID) -> Duty:
    return await ledger.open_duty(
        tx,
        law,
        rule=SEND,
        facts=[Fact("receipt", RECEIVED, "receipt 7")],
        subject=Subject("share", share_id),
        owner=Owner("officer", "sacramento-probation", OFFICER),
        concerns=CASE,
    )


async def open_contact(tx: Transaction, law: Law, month: date) -> Duty:
    subject, owner = Subject("case", CASE), Owner("officer", "sacramento-probation", OFFICER)
    facts = [Fact("month", month)]
    return await ledger.open_duty(tx, law, rule=CONTACT, facts=facts, subject=subject, owner=owner)


async def open_decide(tx: Transaction, law: Law, application_id: UUID) -> Duty:
    subject, facts = Subject("application", application_id), [Fact("complete", tx.now)]
    return await ledger.open_duty(tx, law, rule=DECIDE, facts=facts, subject=subject, owner=Owner())


async def announced(database: Database) -> list[tuple[str, dict[str, Any]]]:
    async with database.transaction(CAUSE) as tx:
        rows = await tx.execute(text("SELECT type, data FROM outbox ORDER BY id"))
        return [(row.type, orjson.loads(row.data)) for row in rows]


async def history(database: Database, duty: Duty) -> list[tuple[int, str, str, str | None]]:
    async with database.transaction(CAUSE) as tx:
        changes = select(DUTY_CHANGES).where(DUTY_CHANGES.c.duty_id == duty.id)
        rows = (await tx.execute(changes.order_by(DUTY_CHANGES.c.version))).mappings()
        return [(row["version"], row["change"], row["state"], row["reason"]) for row in rows]


async def test_an_opened_duty_is_read_back_as_it_was_opened(
    database: Database, law: Law, share_id: UUID
) -> None:
    async with database.transaction(CAUSE) as tx:
        opened = await open_send(tx, law, share_id)

    async with database.transaction(CAUSE) as tx:
        kept = await of_subject(tx, SEND, share_id)

    assert kept == opened
    assert kept.due_on == date(2026, 12, 1)
    assert kept.due_at == datetime(2026, 12, 2, 8, tzinfo=UTC)


async def test_opening_is_announced_with_ids_codes_and_dates(
    database: Database, law: Law, share_id: UUID
) -> None:
    async with database.transaction(CAUSE) as tx:
        duty = await open_send(tx, law, share_id)

    [(kind, data)] = await announced(database)

    assert kind == "doj-gateway.duty.opened"
    assert data == {
        "duty_id": str(duty.id),
        "version": 1,
        "rule": SEND,
        "regime": "officer",
        "edition": "standards-2012",
        "about_kind": "share",
        "about_id": str(share_id),
        "case_id": str(CASE),
        "owner_role": "officer",
        "owner_agency": "sacramento-probation",
        "owner_person": str(OFFICER),
        "started_by": "receipt",
        "started_on": "2026-11-20",
        "due_on": "2026-12-01",
        "due_at": "2026-12-02T08:00:00Z",
        "state": "open",
    }


async def test_the_same_start_fact_opens_one_duty_and_announces_it_once(
    database: Database, law: Law, share_id: UUID
) -> None:
    async with database.transaction(CAUSE) as tx:
        first = await open_send(tx, law, share_id)

    async with database.transaction(CAUSE) as tx:
        again = await open_send(tx, law, share_id)

    assert again == first
    assert len(await announced(database)) == 1
    assert len(await history(database, first)) == 1


async def test_of_two_at_once_one_opens_and_both_get_the_same_duty(
    database: Database, law: Law, share_id: UUID
) -> None:
    async def attempt() -> Duty:
        async with database.transaction(CAUSE) as tx:
            return await open_send(tx, law, share_id)

    first, second = await asyncio.gather(attempt(), attempt())

    assert first == second
    assert len(await announced(database)) == 1


async def test_a_duty_met_by_a_fact_of_last_week_is_met_though_heard_of_late(
    database: Database, law: Law, share_id: UUID, clock: FixedClock
) -> None:
    async with database.transaction(CAUSE) as tx:
        await open_send(tx, law, share_id)
    clock.set(datetime(2026, 12, 9, 18, tzinfo=UTC))

    async with database.transaction(CAUSE) as tx:
        at = datetime(2026, 12, 2, 7, 59, tzinfo=UTC)
        duty = await ledger.meet_duty(tx, SEND, share_id, at=at, evidence="DOJ receipt 12")

    assert (duty.state, duty.met_at, duty.met_on) == (DutyState.MET, at, date(2026, 12, 1))


async def test_a_rejection_reopens_the_duty_with_the_same_due_date_and_it_is_met_late(
    database: Database, law: Law, share_id: UUID
) -> None:
    async with database.transaction(CAUSE) as tx:
        opened = await open_send(tx, law, share_id)
        await ledger.meet_duty(tx, SEND, share_id, at=RECEIVED + timedelta(days=1))
        reopened = await ledger.reopen_duty(tx, SEND, share_id, reason="rejected by DOJ")

    async with database.transaction(CAUSE) as tx:
        met = await ledger.meet_duty(tx, SEND, share_id, at=date(2026, 12, 2))

    assert (reopened.state, reopened.due_on) == (DutyState.REOPENED, opened.due_on)
    assert (met.state, met.version) == (DutyState.MET_LATE, 4)
    assert await history(database, opened) == [
        (1, "opened", "open", None),
        (2, "met", "met", None),
        (3, "reopened", "reopened", "rejected by DOJ"),
        (4, "met", "met-late", None),
    ]
    assert [kind.removeprefix("doj-gateway.duty.") for kind, _ in await announced(database)] == [
        *("opened", "met", "reopened", "met"),
    ]


async def test_a_second_acceptance_and_a_second_rejection_change_nothing(
    database: Database, law: Law, share_id: UUID
) -> None:
    async with database.transaction(CAUSE) as tx:
        await open_send(tx, law, share_id)
        still_open = await ledger.reopen_duty(tx, SEND, share_id, reason="rejected")
        met = await ledger.meet_duty(tx, SEND, share_id, at=RECEIVED)
        again = await ledger.meet_duty(tx, SEND, share_id, at=date(2026, 12, 30))

    assert (still_open.version, again) == (1, met)


async def test_a_paused_duty_resumes_later_by_the_days_it_stood(
    database: Database, law: Law, clock: FixedClock
) -> None:
    application = new_id()
    async with database.transaction(CAUSE) as tx:
        opened = await open_decide(tx, law, application)
        await ledger.pause_duty(
            tx, law, DECIDE, application, at=tx.now, reason="waiting on applicant"
        )
    clock.advance(timedelta(days=10))

    async with database.transaction(CAUSE) as tx:
        resumed = await ledger.resume_duty(tx, law, DECIDE, application, at=tx.now)
        assert await of_subject(tx, DECIDE, application) == resumed

    # The day of completion is never counted, paused or not: nine of the ten days move the date.
    assert resumed.due_on - opened.due_on == timedelta(days=9)
    assert resumed.pauses[0].reason == "waiting on applicant"
    assert [kind for kind, _ in await announced(database)] == [
        "doj-gateway.duty.opened",
        "doj-gateway.duty.paused",
        "doj-gateway.duty.resumed",
    ]


async def test_a_canceled_duty_stays_canceled_and_the_same_fact_may_open_another(
    database: Database, law: Law, share_id: UUID
) -> None:
    async with database.transaction(CAUSE) as tx:
        first = await open_send(tx, law, share_id)
        canceled = await ledger.cancel_duty(tx, SEND, share_id, reason="recorded by mistake")

    async with database.transaction(CAUSE) as tx:
        second = await open_send(tx, law, share_id)

    assert canceled.state is DutyState.CANCELED
    assert second.id != first.id


async def test_a_duty_handed_over_keeps_its_date_and_names_both_owners(
    database: Database, law: Law, share_id: UUID
) -> None:
    async with database.transaction(CAUSE) as tx:
        opened = await open_send(tx, law, share_id)
        moved = await ledger.hand_over_duty(
            tx, SEND, share_id, agency="yolo-probation", person=None, reason="transfer"
        )

    kind, data = (await announced(database))[-1]

    assert (moved.owner, moved.due_on) == (Owner("officer", "yolo-probation"), opened.due_on)
    assert kind == "doj-gateway.duty.handed-over"
    assert (data["from_agency"], data["from_person"]) == ("sacramento-probation", str(OFFICER))


async def test_of_several_months_the_one_meant_must_be_named(database: Database, law: Law) -> None:
    async with database.transaction(CAUSE) as tx:
        await open_contact(tx, law, date(2026, 11, 1))
        await open_contact(tx, law, date(2026, 12, 1))

    async with database.transaction(CAUSE) as tx:
        with pytest.raises(ConflictError, match="there are 2 duties monthly-contact"):
            await ledger.meet_duty(tx, CONTACT, CASE, at=date(2026, 11, 20))
        met = await ledger.meet_duty(
            tx, CONTACT, CASE, at=date(2026, 11, 20), started_on=date(2026, 11, 1)
        )

    assert (met.state, met.due_on) == (DutyState.MET, date(2026, 11, 30))


async def test_a_duty_that_was_never_opened_is_not_found(
    database: Database, share_id: UUID
) -> None:
    async with database.transaction(CAUSE) as tx:
        assert await of_subject(tx, SEND, share_id) is None
        with pytest.raises(NotFoundError) as refused:
            await ledger.meet_duty(tx, SEND, share_id, at=RECEIVED)

    assert (refused.value.code, refused.value.rule) == ("no-duty", SEND)


async def test_where_nobody_owes_it_nothing_is_opened(
    database: Database, law: Law, share_id: UUID
) -> None:
    async with database.transaction(CAUSE) as tx:
        with pytest.raises(NoDutyError, match="by itself"):
            await ledger.open_duty(
                tx,
                law,
                rule="violence-score-to-doj",
                facts=[Fact("assessment", date(2026, 11, 20))],
                subject=Subject("assessment", share_id),
                owner=Owner(),
            )

    assert await announced(database) == []


async def test_the_edition_in_force_decides_who_owes_the_score(
    database: Database, share_id: UUID
) -> None:
    async with database.transaction(CAUSE) as tx:
        duty = await ledger.open_duty(
            tx,
            load_law("sb-1473"),
            rule=SEND,
            facts=[Fact("assessment", date(2026, 11, 2)), Fact("receipt", RECEIVED)],
            subject=Subject("share", share_id),
            owner=Owner(person=OFFICER),
        )

    assert (duty.owner.role, duty.due_on, duty.edition) == (
        "provider",
        date(2026, 12, 2),
        "sb-1473",
    )


def with_clock(law: Law, policy: PausePolicy) -> Law:
    """The law with another answer to what a deficiency does to the processing clock."""
    rule = law.edition.rules[DECIDE]
    regimes = tuple(replace(regime, pause=policy) for regime in rule.regimes)
    rules = {**law.edition.rules, DECIDE: replace(rule, regimes=regimes)}
    return replace(law, edition=replace(law.edition, rules=rules), keeping=Keeping())


async def test_a_clock_that_never_stops_runs_on_while_the_applicant_answers(
    database: Database, law: Law, clock: FixedClock
) -> None:
    running, application = with_clock(law, PausePolicy.NONE), new_id()
    async with database.transaction(CAUSE) as tx:
        opened = await open_decide(tx, running, application)
        await ledger.pause_duty(tx, running, DECIDE, application, at=tx.now, reason="waiting")
    clock.advance(timedelta(days=10))

    async with database.transaction(CAUSE) as tx:
        resumed = await ledger.resume_duty(tx, running, DECIDE, application, at=tx.now)

    assert resumed == opened


async def test_a_clock_that_begins_again_is_due_its_whole_length_after_it_resumed(
    database: Database, law: Law, clock: FixedClock
) -> None:
    restarting, application = with_clock(law, PausePolicy.RESTART), new_id()
    async with database.transaction(CAUSE) as tx:
        await open_decide(tx, restarting, application)
    clock.advance(timedelta(days=20))
    async with database.transaction(CAUSE) as tx:
        await ledger.pause_duty(tx, restarting, DECIDE, application, at=tx.now, reason="waiting")
    clock.advance(timedelta(days=10))

    async with database.transaction(CAUSE) as tx:
        resumed = await ledger.resume_duty(tx, restarting, DECIDE, application, at=tx.now)

    assert resumed.due_on == california_date(clock.now()) + timedelta(days=45)

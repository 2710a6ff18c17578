"""A change of the law is tried on every open duty first, and then moves them, each announced."""

import asyncio
import csv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

import pytest
from sqlalchemy import select, text

from integration.law.ledger_world import CAUSE, DUE_ON, SEND, announced, owed
from shared.database.database import Database
from shared.database.transaction import Cause, Transaction
from shared.identifiers import new_id
from shared.law.clerk.sweep import sweep_batch
from shared.law.counting.calendars import Closure
from shared.law.counting.facts import Fact
from shared.law.counting.rules import PausePolicy
from shared.law.duty import kept_laws, ledger
from shared.law.duty.duties import Duty, DutyState, Owner, Subject
from shared.law.duty.duty_queries import of_subject
from shared.law.in_force import Law, load_law
from shared.law.reading.rulebook import load_edition
from shared.law.rehearsal import applying, law_changes, report
from shared.law.rehearsal.applying import OvertakenError, apply
from shared.law.rehearsal.law_changes import LAW_CHANGES
from shared.law.rehearsal.outcomes import Effect
from shared.law.rehearsal.proposals import NewCalendar, NewEdition
from shared.law.rehearsal.rehearsing import Shift, rehearse
from shared.testing.clocks import FixedClock
from shared.testing.messaging import until

PROVIDER = UUID("019aa000-0000-7000-8000-0000000000e1")
UNDER_SB_1473 = date(2026, 12, 16)
"""Thirty days after the assessment of November 16, 2026."""
DECIDE = "decide-application"
WAITS_FOR_A_LOCK = text(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
REASON = "Senate Bill 1473 applies to assessments from 2025"


class KilledError(Exception):
    """Stands for the death of the command in the middle of its work."""


@pytest.fixture
def sb_1473(law: Law) -> NewEdition:
    return NewEdition(load_edition("sb-1473"), law.calendars)


@pytest.fixture
def with_a_closure(law: Law) -> NewCalendar:
    """State offices closed on Monday, November 30, 2026 as well."""
    before = law.calendars["state-offices"]
    appointed = Closure(date(2026, 11, 30), "day of mourning", "Executive Order, invented")
    after = replace(before, closures={**before.closures, appointed.on: appointed})
    calendars = MappingProxyType({**law.calendars, after.name: after})
    return NewCalendar(after.name, calendars, {law.edition.hash: law.edition})


async def the_provider(tx: Transaction, duty: Duty, role: str) -> Owner | None:
    return Owner(role, agency="program 7", person=PROVIDER)


async def now_stands(database: Database, duty: Duty) -> Duty:
    async with database.transaction(CAUSE) as tx:
        found = await of_subject(tx, SEND, duty.subject.id)
    assert found is not None
    return found


async def test_a_rehearsal_says_what_moves_and_changes_nothing(
    database: Database, law: Law, sb_1473: NewEdition
) -> None:
    duty = await owed(database, law)

    findings = await rehearse(database, CAUSE, sb_1473)

    assert findings.looked_at == 1
    assert findings.effects == {(SEND, Effect.MOVED): 1}
    assert findings.shifts == {Shift(SEND, DUE_ON, UNDER_SB_1473): 1}
    assert findings.owners == {(SEND, "officer", "provider"): 1}
    assert await now_stands(database, duty) == duty


async def test_a_rehearsal_over_an_empty_ledger_finds_nothing(
    database: Database, sb_1473: NewEdition
) -> None:
    findings = await rehearse(database, CAUSE, sb_1473)

    assert list(report.lines(findings, "sb-1473")) == ["0 open duties checked under sb-1473"]


async def test_the_report_counts_by_rule_and_lists_every_duty_that_moves(
    database: Database, law: Law, sb_1473: NewEdition, tmp_path: Path
) -> None:
    duties = [await owed(database, law) for _ in range(3)]
    path = tmp_path / "all.csv"

    with report.ListOfAll(str(path)) as all_of_them:
        findings = await rehearse(database, CAUSE, sb_1473, all_of_them.note)
    said = "\n".join(report.lines(findings, "sb-1473"))

    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert "3 would move from 2026-12-01 to 2026-12-16" in said
    assert "3 would move from officer to provider" in said
    assert "owed by provider instead of officer" in said
    assert {row["duty_id"] for row in rows} == {str(duty.id) for duty in duties}
    assert {(row["from_due_on"], row["to_due_on"]) for row in rows} == {
        ("2026-12-01", "2026-12-16")
    }


async def test_the_report_says_how_many_become_overdue(
    database: Database, law: Law, clock: FixedClock
) -> None:
    early = NewEdition(load_edition("sb-1473"), law.calendars)
    await owed(database, law, received=date(2026, 12, 28))
    clock.set(clock.now() + timedelta(days=30))

    findings = await rehearse(database, CAUSE, early)

    assert findings.overdue == {SEND: 1}


async def test_applying_moves_the_open_duty_and_both_dates_stay_visible(
    database: Database, law: Law, sb_1473: NewEdition
) -> None:
    duty = await owed(database, law)

    applied = await apply(database, CAUSE, sb_1473, REASON, the_provider)

    moved = await now_stands(database, duty)
    (event,) = await announced(database, "moved")
    assert (applied.looked_at, applied.moved, applied.left_alone) == (1, 1, 0)
    assert (moved.was_due_on, moved.due_on) == (DUE_ON, UNDER_SB_1473)
    assert moved.owner == Owner("provider", "program 7", PROVIDER)
    assert (event["from_due_on"], event["due_on"]) == ("2026-12-01", "2026-12-16")
    assert (event["because"], event["from_owner_role"]) == ("rulebook-change", "officer")


async def test_applying_again_moves_nothing_more(
    database: Database, law: Law, sb_1473: NewEdition
) -> None:
    await owed(database, law)
    await apply(database, CAUSE, sb_1473, REASON, the_provider)

    again = await apply(database, CAUSE, sb_1473, REASON, the_provider)

    assert (again.moved, again.is_resumed) == (0, False)
    assert len(await announced(database, "moved")) == 1


async def test_a_duty_whose_new_owner_is_unknown_is_left_alone_and_counted(
    database: Database, law: Law, sb_1473: NewEdition
) -> None:
    duty = await owed(database, law)

    applied = await apply(database, CAUSE, sb_1473, REASON)

    assert (applied.moved, applied.left_alone) == (0, 1)
    assert applied.reasons == {"no provider is known who would owe it": 1}
    assert await now_stands(database, duty) == duty


async def test_a_closed_duty_never_moves(database: Database, law: Law, sb_1473: NewEdition) -> None:
    duty = await owed(database, law)
    async with database.transaction(CAUSE) as tx:
        met = await ledger.meet_duty(tx, SEND, duty.subject.id, at=tx.now)

    applied = await apply(database, CAUSE, sb_1473, REASON, the_provider)

    assert applied.looked_at == 0
    assert await now_stands(database, duty) == met


async def test_a_run_that_died_is_gone_on_with_where_it_stopped(
    database: Database, law: Law, sb_1473: NewEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "DUTIES_AT_ONCE", 2)
    duties = [await owed(database, law) for _ in range(5)]
    asked: list[UUID] = []

    async def dying(tx: Transaction, duty: Duty, role: str) -> Owner | None:
        asked.append(duty.id)
        if len(asked) == 4:  # in the middle of the second batch
            raise KilledError
        return await the_provider(tx, duty, role)

    with pytest.raises(KilledError):
        await apply(database, CAUSE, sb_1473, REASON, dying)
    applied = await apply(database, CAUSE, sb_1473, REASON, the_provider)

    moved = [event["duty_id"] for event in await announced(database, "moved")]
    assert (applied.is_resumed, applied.moved) == (True, 3)
    assert sorted(moved) == sorted(str(duty.id) for duty in duties)


async def test_what_was_applied_is_written_down_with_its_reason(
    database: Database, law: Law, sb_1473: NewEdition
) -> None:
    await owed(database, law)
    await apply(database, CAUSE, sb_1473, REASON, the_provider)

    async with database.transaction(CAUSE) as tx:
        row = (await tx.execute(select(LAW_CHANGES))).mappings().one()
        audited = (await tx.execute(text("SELECT action FROM audit_entries"))).scalars().all()

    assert (row["name"], row["reason"], row["moved"]) == ("sb-1473", REASON, 1)
    assert row["finished_at"] is not None
    assert "law-changed" in audited


async def test_a_day_closed_later_moves_the_open_clock_by_its_own_edition(
    database: Database, law: Law, with_a_closure: NewCalendar
) -> None:
    duty = await owed(database, law)

    await apply(database, CAUSE, with_a_closure, "appointed day")

    moved = await now_stands(database, duty)
    (event,) = await announced(database, "moved")
    assert (moved.was_due_on, moved.due_on) == (DUE_ON, date(2026, 12, 2))
    assert (event["because"], moved.state) == ("calendar-change", DutyState.OPEN)


async def test_a_duty_of_working_days_that_the_closed_day_does_not_touch_stays(
    database: Database, law: Law, with_a_closure: NewCalendar
) -> None:
    duty = await owed(database, law, received=date(2026, 12, 1))

    findings = await rehearse(database, CAUSE, with_a_closure)

    assert findings.effects == {(SEND, Effect.UNCHANGED): 1}
    assert (await now_stands(database, duty)).due_on == duty.due_on


async def test_whoever_comes_to_owe_it_by_the_same_date_is_told_anew(
    database: Database, law: Law, clock: FixedClock
) -> None:
    """Assessed on October 20, received on November 12: due on November 19 under both editions."""
    facts = [Fact("assessment", date(2026, 10, 20)), Fact("receipt", date(2026, 11, 12))]
    clock.set(datetime(2026, 11, 12, 20, tzinfo=UTC))
    async with database.transaction(CAUSE) as tx:
        opened = await ledger.open_duty(
            tx,
            law,
            rule=SEND,
            facts=facts,
            subject=Subject("assessment", PROVIDER),
            owner=Owner(agency="yolo-probation"),
        )
        clock.set(opened.due_at - timedelta(days=1))
    async with database.transaction(CAUSE) as tx:
        await sweep_batch(tx, law)
    later = load_law("sb-1473")

    await apply(database, CAUSE, NewEdition(later.edition, law.calendars), REASON, the_provider)
    async with database.transaction(CAUSE) as tx:
        await sweep_batch(tx, later)

    notices = await announced(database, "due-soon")
    told = [(notice["owner_role"], notice["notify"]) for notice in notices]
    assert told[:4] == [
        ("officer", "owner"),
        ("officer", "unit-supervisor"),
        ("officer", "agency-lead"),
        ("officer", "operator"),
    ]
    assert ("provider", "owner") in told[4:]


async def test_a_change_that_another_came_after_begins_anew(
    database: Database, law: Law, sb_1473: NewEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "DUTIES_AT_ONCE", 2)
    duties = [await owed(database, law) for _ in range(4)]
    asked: list[UUID] = []

    async def dying(tx: Transaction, duty: Duty, role: str) -> Owner | None:
        asked.append(duty.id)
        if len(asked) == 3:
            raise KilledError
        return await the_provider(tx, duty, role)

    async def the_officer(tx: Transaction, duty: Duty, role: str) -> Owner | None:
        return Owner(role, agency="yolo-probation")

    with pytest.raises(KilledError):
        await apply(database, CAUSE, sb_1473, REASON, dying)
    back = NewEdition(law.edition, law.calendars)
    await apply(database, CAUSE, back, "not yet", the_officer)
    again = await apply(database, CAUSE, sb_1473, REASON, the_provider)

    editions = {(await now_stands(database, duty)).edition for duty in duties}
    assert (again.is_resumed, again.moved, editions) == (False, 4, {"sb-1473"})


async def test_a_moved_duty_is_explained_before_any_other_is_opened_by_the_new_law(
    database: Database, law: Law, with_a_closure: NewCalendar
) -> None:
    duty = await owed(database, law)
    await apply(database, CAUSE, with_a_closure, "appointed day")
    moved = await now_stands(database, duty)

    async with database.transaction(CAUSE) as tx:
        counted = await kept_laws.counted_again(tx, law, moved, moved.pauses)

    assert "November 30, day of mourning" in counted.explanation.text


async def test_a_clock_that_stands_is_left_alone_where_the_new_law_never_stops_it(
    database: Database, law: Law
) -> None:
    application = new_id()
    async with database.transaction(CAUSE) as tx:
        await ledger.open_duty(
            tx,
            law,
            rule=DECIDE,
            facts=[Fact("complete", tx.today)],
            subject=Subject("application", application),
            owner=Owner(),
        )
        await ledger.pause_duty(tx, law, DECIDE, application, at=tx.now, reason="waiting")
    rule = law.edition.rules[DECIDE]
    never = tuple(replace(each, pause=PausePolicy.NONE, length=30) for each in rule.regimes)
    rules = {**law.edition.rules, DECIDE: replace(rule, regimes=never)}

    applied = await apply(
        database, CAUSE, NewEdition(replace(law.edition, rules=rules), law.calendars), "tried"
    )

    assert (applied.moved, applied.left_alone) == (0, 1)


class Overtaking(Database):
    """A database on which another change of the law is begun before the third transaction."""

    begun: int = 0

    def overtaken_by(self, other: NewEdition) -> "Overtaking":
        """Say which change it is."""
        self._other = other
        return self

    @asynccontextmanager
    async def transaction(self, cause: Cause) -> AsyncIterator[Transaction]:
        """Begin the other change first, when its time has come."""
        self.begun += 1
        if self.begun == 3:
            async with super().transaction(cause) as tx:
                await law_changes.begin(tx, self._other, "not yet")
        async with super().transaction(cause) as tx:
            yield tx


async def test_a_change_overtaken_while_it_runs_says_so(
    database: Database, law: Law, sb_1473: NewEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "DUTIES_AT_ONCE", 1)
    for _ in range(3):
        await owed(database, law)
    shared = Overtaking(database.engine, database.clock, database.service)

    with pytest.raises(OvertakenError, match="started meanwhile"):
        await apply(
            shared.overtaken_by(NewEdition(law.edition, law.calendars)),
            CAUSE,
            sb_1473,
            REASON,
            the_provider,
        )

    assert len(await announced(database, "moved")) == 1


async def test_whoever_applies_second_waits_until_the_first_is_recorded(
    database: Database, sb_1473: NewEdition
) -> None:
    async def unfinished() -> UUID | None:
        async with database.transaction(CAUSE) as tx:
            await law_changes.take_turns(tx)
            return await law_changes.unfinished(tx, sb_1473)

    async def is_waiting() -> bool:
        async with database.transaction(CAUSE) as tx:
            return (await tx.execute(WAITS_FOR_A_LOCK)).first() is not None

    async with database.transaction(CAUSE) as tx:
        await law_changes.take_turns(tx)
        second = asyncio.create_task(unfinished())
        await until(is_waiting)
        begun = await law_changes.begin(tx, sb_1473, REASON)

    assert await second == begun


async def test_two_who_apply_the_same_change_at_once_move_each_duty_once(
    database: Database, law: Law, sb_1473: NewEdition
) -> None:
    duties = [await owed(database, law) for _ in range(6)]

    await asyncio.gather(*(apply(database, CAUSE, sb_1473, REASON, the_provider) for _ in range(2)))

    moved = [event["duty_id"] for event in await announced(database, "moved")]
    assert sorted(moved) == sorted(str(duty.id) for duty in duties)

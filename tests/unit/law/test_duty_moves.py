"""The states of a duty and the moves between them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from shared.errors import InvalidInputError
from shared.law.counting.deadlines import Deadline, deadline
from shared.law.counting.explanations import Pause
from shared.law.counting.facts import Fact, Moment
from shared.law.duty import duties
from shared.law.duty.duties import Duty, DutyMove, DutyState, Owner, Subject
from shared.law.reading.calendar_files import load_calendars
from shared.law.reading.rulebook import load_edition
from unit.relation import happening, written

TABLE = Path(__file__).with_name("duty_moves.csv")
DUTY_ID = UUID("019aa000-0000-7000-8000-000000000001")
SUBJECT = Subject("application", UUID("019aa000-0000-7000-8000-000000000002"))
NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
FACTS = (Fact("complete", date(2026, 11, 2), "file 7"),)


def fresh(owner: Owner = Owner()) -> Duty:  # noqa: B008 - frozen
    counted = counted_from(date(2026, 11, 2))
    return duties.opened(DUTY_ID, counted, FACTS, SUBJECT, owner, None, NOW)


def counted_from(complete: date) -> Deadline:
    facts = [Fact("complete", complete, "file 7")]
    return deadline(load_edition("standards-2012"), "decide-application", facts, load_calendars())


def resume(duty: Duty, at: date) -> Duty:
    pauses = duties.pauses_when_resumed(duty, at)
    edition = load_edition(duty.edition)
    return duties.resumed(duty, deadline(edition, duty.rule, FACTS, load_calendars(), pauses))


DUTIES = {
    DutyState.OPEN: fresh(),
    DutyState.PAUSED: duties.paused(fresh(), date(2026, 11, 5), "waiting on applicant"),
    DutyState.MET: duties.met(fresh(), date(2026, 11, 9)),
    DutyState.MET_LATE: duties.met(fresh(), date(2027, 1, 9)),
    DutyState.REOPENED: duties.reopened(duties.met(fresh(), date(2026, 11, 9)), NOW),
    DutyState.CANCELED: duties.canceled(fresh()),
}
TRIES: dict[DutyMove, Callable[[Duty], Duty]] = {
    DutyMove.MEET: lambda duty: duties.met(duty, date(2026, 11, 9)),
    DutyMove.REOPEN: lambda duty: duties.reopened(duty, NOW),
    DutyMove.PAUSE: lambda duty: duties.paused(duty, date(2026, 11, 9), "waiting on applicant"),
    DutyMove.RESUME: lambda duty: resume(duty, date(2026, 11, 9)),
    DutyMove.CANCEL: duties.canceled,
    DutyMove.HAND_OVER: lambda duty: duties.handed_over(duty, "yolo-probation", None, NOW),
    DutyMove.MOVE: lambda duty: duties.moved(duty, counted_from(date(2026, 11, 4)), duty.owner),
}


def test_a_new_duty_knows_its_law_its_owner_and_its_due_date() -> None:
    duty = fresh(Owner(person=SUBJECT.id))

    assert (duty.state, duty.version, duty.due_on) == (DutyState.OPEN, 1, date(2026, 12, 17))
    assert duty.owner == Owner("board-reviewer", None, SUBJECT.id)
    assert (duty.edition, duty.regime, duty.started_by) == (
        "standards-2012",
        "forty-five-days",
        "complete",
    )


def test_a_role_that_the_regime_does_not_name_cannot_owe_the_duty() -> None:
    with pytest.raises(InvalidInputError, match="owed by board-reviewer or board-manager"):
        fresh(Owner("officer"))


def test_another_role_that_the_regime_names_may_owe_it() -> None:
    assert fresh(Owner("board-manager")).owner.role == "board-manager"


def test_every_move_leads_where_the_table_beside_says_and_every_other_is_refused() -> None:
    def after(move: str, before: str) -> str:
        duty = DUTIES[DutyState(before)]
        result = TRIES[DutyMove(move)](duty)
        assert result.version == duty.version + 1
        return result.state

    assert happening(DutyMove, DutyState, after, "duty-state") == written(TABLE)


@pytest.mark.parametrize(
    ("at", "state", "met_at"),
    [
        (date(2026, 12, 17), DutyState.MET, None),
        (date(2026, 12, 18), DutyState.MET_LATE, None),
        (
            datetime(2026, 12, 18, 7, 59, tzinfo=UTC),
            DutyState.MET,
            datetime(2026, 12, 18, 7, 59, tzinfo=UTC),
        ),
        (
            datetime(2026, 12, 18, 8, 0, tzinfo=UTC),
            DutyState.MET_LATE,
            datetime(2026, 12, 18, 8, 0, tzinfo=UTC),
        ),
    ],
)
def test_a_duty_is_met_or_met_late_by_the_facts_own_time(
    at: Moment, state: DutyState, met_at: datetime | None
) -> None:
    duty = duties.met(fresh(), at)

    assert (duty.state, duty.met_at) == (state, met_at)


def test_a_reopened_duty_keeps_its_due_date() -> None:
    duty = DUTIES[DutyState.REOPENED]

    assert (duty.due_on, duty.met_on, duty.met_at) == (date(2026, 12, 17), None, None)


def test_a_resumed_duty_is_due_later_by_the_days_it_stood() -> None:
    duty = resume(DUTIES[DutyState.PAUSED], date(2026, 11, 9))

    assert duty.state is DutyState.OPEN
    assert duty.due_on == date(2026, 12, 21)
    assert duty.pauses == (Pause(date(2026, 11, 5), date(2026, 11, 9), "waiting on applicant"),)
    assert (duty.paused_on, duty.pause_reason) == (None, None)


def test_a_clock_cannot_resume_before_it_stopped() -> None:
    with pytest.raises(InvalidInputError, match="cannot resume on 2026-11-04"):
        resume(DUTIES[DutyState.PAUSED], date(2026, 11, 4))


def test_a_duty_handed_over_keeps_its_role_and_due_date() -> None:
    duty = duties.handed_over(fresh(), "yolo-probation", SUBJECT.id, NOW)

    assert duty.owner == Owner("board-reviewer", "yolo-probation", SUBJECT.id)
    assert duty.due_on == date(2026, 12, 17)


@pytest.mark.parametrize(
    ("state", "overdue"),
    [
        (DutyState.OPEN, True),
        (DutyState.REOPENED, True),
        (DutyState.PAUSED, False),
        (DutyState.MET, False),
        (DutyState.MET_LATE, False),
        (DutyState.CANCELED, False),
    ],
)
def test_only_a_running_clock_is_ever_overdue(state: DutyState, overdue: bool) -> None:  # noqa: FBT001 - a parametrized expectation
    duty = DUTIES[state]

    assert duty.is_overdue(duty.due_at) is overdue
    assert not duty.is_overdue(duty.opened_at)


def test_a_moved_duty_shows_both_dates_and_starts_its_notices_anew() -> None:
    duty = duties.moved(fresh(), counted_from(date(2026, 11, 4)), Owner("board-manager"))

    assert (duty.was_due_on, duty.due_on) == (date(2026, 12, 17), date(2026, 12, 19))
    assert (duty.owner.role, duty.next_step, duty.state) == ("board-manager", 1, DutyState.OPEN)


def test_a_duty_moved_to_the_same_date_shows_the_date_it_had_before_an_earlier_move() -> None:
    once = duties.moved(fresh(), counted_from(date(2026, 11, 4)), Owner())

    twice = duties.moved(once, counted_from(date(2026, 11, 4)), Owner())

    assert twice.was_due_on == date(2026, 12, 17)


def test_a_moved_duty_cannot_go_to_a_role_that_its_new_regime_does_not_name() -> None:
    with pytest.raises(InvalidInputError, match="not by officer"):
        duties.moved(fresh(), counted_from(date(2026, 11, 4)), Owner("officer"))


@pytest.mark.parametrize("state", [DutyState.PAUSED, DutyState.MET, DutyState.CANCELED])
def test_the_clerk_has_nothing_to_look_at_while_no_clock_runs(state: DutyState) -> None:
    assert DUTIES[state].next_look_at is None


def test_the_clerk_looks_at_a_reopened_duty_at_once() -> None:
    assert DUTIES[DutyState.REOPENED].next_look_at == NOW

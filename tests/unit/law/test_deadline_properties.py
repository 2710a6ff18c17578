"""What holds of every deadline, whatever the day it starts."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.clock import CALIFORNIA, california_date
from shared.law.counting.deadlines import Deadline, deadline
from shared.law.counting.facts import Fact, Moment
from shared.law.counting.walks import Pause
from shared.law.reading.calendar_files import load_calendars
from shared.law.reading.rulebook import load_edition
from unit.law.trial_edition import COUNTING, trial_edition

EDITION, TRIAL = load_edition("standards-2012"), trial_edition()
CALENDARS = load_calendars()
OFFICES = CALENDARS["state-offices"]
STARTS = st.dates(date(2012, 7, 1), date(2039, 10, 1))
PACKAGED = [
    ("dynamic-score-to-doj", "receipt"),
    ("decide-application", "complete"),
    ("share-score", "assessment"),
    ("ls-cmi-seen", "assessment"),
    ("monthly-contact", "month"),
    ("maintenance-polygraph", "examination"),
    ("static-99r-before-placement", "placement"),
]
RULES = st.sampled_from([*PACKAGED, *((name, "receipt") for name in COUNTING)])
ROLLING = st.sampled_from([name for name in COUNTING if name.startswith("rolling")])
PAUSABLE = st.sampled_from(["pausable-days", "working-days", "rolling-days"])
CLOCK_CHANGES = [date(2026, 3, 8), date(2026, 11, 1)]


def counted_from(rule: tuple[str, str], at: Moment, *pauses: Pause) -> Deadline:
    edition = TRIAL if rule[0] in TRIAL.rules else EDITION
    return deadline(edition, rule[0], [Fact(rule[1], at)], CALENDARS, pauses)


@given(STARTS)
def test_working_days_never_end_on_a_closed_day(start: date) -> None:
    counted = counted_from(("dynamic-score-to-doj", "receipt"), start)

    assert OFFICES.closed_because(counted.due_on) is None
    assert sum(day.counted for day in counted.days) == 5


@given(ROLLING, STARTS)
def test_what_rolls_forward_never_ends_on_a_closed_day(rule: str, start: date) -> None:
    assert OFFICES.closed_because(counted_from((rule, "receipt"), start).due_on) is None


@given(RULES, STARTS, st.integers(0, 60))
def test_a_later_start_is_never_due_earlier(rule: tuple[str, str], start: date, later: int) -> None:
    first, second = (counted_from(rule, start + timedelta(days=days)) for days in (0, later))

    assert first.due_on <= second.due_on


@given(PAUSABLE, STARTS, st.integers(0, 12), st.integers(0, 30), st.integers(0, 30))
def test_a_longer_pause_is_never_due_earlier(
    rule: str, start: date, after: int, length: int, longer: int
) -> None:
    began = start + timedelta(days=after)
    short, long = (
        Pause(began, began + timedelta(days=days), "waiting") for days in (length, length + longer)
    )

    first, second = (counted_from((rule, "receipt"), start, pause) for pause in (short, long))

    assert first.due_on <= second.due_on


@given(RULES, STARTS)
def test_the_day_of_the_start_fact_is_never_counted_unless_it_is_the_due_day_itself(
    rule: tuple[str, str], start: date
) -> None:
    counted = counted_from(rule, start)

    assert not counted.days[0].counted
    assert counted.days[0].on == counted.started_on == start
    assert counted.due_on >= start


@given(RULES, STARTS, st.times())
def test_the_hour_of_the_start_fact_changes_nothing(
    rule: tuple[str, str], start: date, hour: time
) -> None:
    instant = datetime.combine(start, hour, CALIFORNIA).astimezone(UTC)

    assert counted_from(rule, instant).due_at == counted_from(rule, start).due_at


@given(STARTS, st.integers(1, 45), st.integers(0, 60))
def test_a_pause_of_n_days_moves_calendar_days_by_n_days(
    start: date, after: int, length: int
) -> None:
    began = start + timedelta(days=after)
    pause = Pause(began, began + timedelta(days=length), "waiting on applicant")

    straight = counted_from(("decide-application", "complete"), start)
    stopped = counted_from(("decide-application", "complete"), start, pause)

    assert stopped.due_on - straight.due_on == timedelta(days=length)


@given(RULES, STARTS)
def test_a_due_day_ends_at_midnight_in_california(rule: tuple[str, str], start: date) -> None:
    counted = counted_from(rule, start)

    local = counted.due_at.astimezone(CALIFORNIA)
    assert (local.date(), local.time()) == (counted.due_on + timedelta(days=1), time())
    assert california_date(counted.due_at - timedelta(microseconds=1)) == counted.due_on


@pytest.mark.parametrize("changed_on", CLOCK_CHANGES)
@given(RULES, st.integers(-46, 46), st.integers(-7200, 7200))
def test_the_clock_change_moves_no_due_day(
    changed_on: date, rule: tuple[str, str], days: int, seconds: int
) -> None:
    """Starts within two hours of each midnight around the change, in either offset."""
    midnight = datetime.combine(changed_on + timedelta(days=days), time(), CALIFORNIA)
    instant = midnight.astimezone(UTC) + timedelta(seconds=seconds)

    from_the_instant = counted_from(rule, instant)
    from_the_day = counted_from(rule, california_date(instant))

    assert from_the_instant.due_at == from_the_day.due_at
    assert from_the_instant.due_at.astimezone(CALIFORNIA).time() == time()


@pytest.mark.parametrize("changed_on", CLOCK_CHANGES)
@given(st.integers(0, 25 * 3600))
def test_every_instant_of_the_day_of_the_change_is_that_day(changed_on: date, second: int) -> None:
    began = datetime.combine(changed_on, time(), CALIFORNIA).astimezone(UTC)
    ended = datetime.combine(changed_on + timedelta(days=1), time(), CALIFORNIA).astimezone(UTC)
    instant = began + timedelta(seconds=second)
    assume(instant < ended)

    assert counted_from(("one-working-day", "receipt"), instant).started_on == changed_on

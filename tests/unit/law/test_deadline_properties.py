"""What holds of every deadline, whatever the day it starts."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from shared.clock import CALIFORNIA, california_date
from shared.law.calendar_files import load_calendars
from shared.law.deadlines import Deadline, deadline
from shared.law.explanations import Pause
from shared.law.facts import Fact, Moment
from shared.law.rulebook import load_edition
from shared.law.wording import weekday_and_date

EDITION = load_edition("standards-2012")
CALENDARS = load_calendars()
STARTS = st.dates(date(2012, 7, 1), date(2040, 11, 1))
RULES = st.sampled_from(
    [
        ("dynamic-score-to-doj", "receipt"),
        ("decide-application", "complete"),
        ("share-score", "assessment"),
        ("ls-cmi-seen", "assessment"),
        ("monthly-contact", "month"),
        ("maintenance-polygraph", "examination"),
        ("static-99r-before-placement", "placement"),
    ]
)


def counted_from(rule: tuple[str, str], at: Moment) -> Deadline:
    return deadline(EDITION, rule[0], [Fact(rule[1], at)], CALENDARS)


@given(STARTS)
def test_working_days_never_end_on_a_closed_day(start: date) -> None:
    counted = counted_from(("dynamic-score-to-doj", "receipt"), start)

    assert CALENDARS["state-offices"].closed_because(counted.due_on) is None
    assert sum(day.counted for day in counted.days) == 5


@given(RULES, STARTS, st.integers(0, 60))
def test_a_later_start_is_never_due_earlier(rule: tuple[str, str], start: date, later: int) -> None:
    assume(start + timedelta(days=later) <= date(2040, 11, 1))

    first, second = (counted_from(rule, start + timedelta(days=days)) for days in (0, later))

    assert first.due_on <= second.due_on


@given(RULES, STARTS)
def test_words_data_and_date_agree(rule: tuple[str, str], start: date) -> None:
    counted = counted_from(rule, start)

    data = counted.explanation.as_json()

    assert counted.explanation.text.startswith(f"Due {weekday_and_date(counted.due_on)}, end")
    assert data["due_on"] == counted.due_on.isoformat()
    assert counted.days[0].on == start
    assert california_date(counted.due_at - timedelta(microseconds=1)) == counted.due_on
    assert california_date(counted.due_at) == counted.due_on + timedelta(days=1)


@given(RULES, STARTS, st.times())
def test_the_hour_of_the_start_fact_changes_nothing(
    rule: tuple[str, str], start: date, hour: time
) -> None:
    instant = datetime.combine(start, hour, CALIFORNIA).astimezone(UTC)

    assert counted_from(rule, instant).due_at == counted_from(rule, start).due_at


@given(STARTS, st.integers(1, 45), st.integers(0, 60))
def test_a_pause_of_n_days_moves_the_date_by_n_days(start: date, after: int, length: int) -> None:
    began = start + timedelta(days=after)
    pause = Pause(began, began + timedelta(days=length), "waiting on applicant")
    facts = [Fact("complete", start)]

    straight = deadline(EDITION, "decide-application", facts, CALENDARS)
    stopped = deadline(EDITION, "decide-application", facts, CALENDARS, [pause])

    assert stopped.due_on - straight.due_on == timedelta(days=length)


@given(STARTS)
def test_the_days_from_start_to_due_are_told_without_a_hole(start: date) -> None:
    counted = counted_from(("dynamic-score-to-doj", "receipt"), start)

    told = [day.on for day in counted.days]

    assert told == [start + timedelta(days=number) for number in range(len(told))]

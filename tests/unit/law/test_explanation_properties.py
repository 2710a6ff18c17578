"""An explanation and its date always agree: the days that it tells are counted again here."""

import json
import re
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shared.law.counting.deadlines import Deadline, deadline
from shared.law.counting.facts import Fact
from shared.law.counting.walks import Pause
from shared.law.counting.wording import weekday_and_date
from shared.law.reading.calendar_files import load_calendars
from unit.law.trial_edition import COUNTING, trial_edition

EDITION = trial_edition()
CALENDARS = load_calendars()
STARTS = st.dates(date(2012, 7, 1), date(2039, 10, 1))
RULES = st.sampled_from(list(COUNTING))
BY_DAYS = st.sampled_from(["one-working-day", "working-days", "pausable-days"])
PAUSABLE = frozenset({"working-days", "rolling-days", "pausable-days"})
PAUSES = st.none() | st.tuples(st.integers(0, 9), st.integers(0, 20))
ONE_DAY = timedelta(days=1)


def counted(rule: str, start: date, stood: tuple[int, int] | None) -> Deadline:
    pauses = []
    if stood is not None and rule in PAUSABLE:
        began = start + timedelta(days=stood[0])
        pauses = [Pause(began, began + timedelta(days=stood[1]), "waiting on applicant")]
    return deadline(EDITION, rule, [Fact("receipt", start, "7c1e")], CALENDARS, pauses)


def as_data(counted: Deadline) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(counted.explanation.as_json()))
    return data


def stands(pauses: list[dict[str, str]], day: str) -> bool:
    return any(each["began_on"] <= day < each["ended_on"] for each in pauses)


@given(RULES, STARTS, PAUSES)
def test_words_data_and_date_agree(rule: str, start: date, stood: tuple[int, int] | None) -> None:
    found = counted(rule, start, stood)
    data = as_data(found)

    assert data["text"] == found.explanation.text
    assert data["text"].startswith(f"Due {weekday_and_date(found.due_on)}, end of day. Received")
    assert data["due_on"] == data["days"][-1]["on"] == found.due_on.isoformat()
    assert data["start"]["on"] == data["days"][0]["on"] == start.isoformat()
    assert [day.on.isoformat() for day in found.days] == [day["on"] for day in data["days"]]


@given(BY_DAYS, STARTS, PAUSES)
def test_the_days_told_are_every_day_and_counted_again_they_give_the_length(
    rule: str, start: date, stood: tuple[int, int] | None
) -> None:
    data = as_data(counted(rule, start, stood))

    told = [date.fromisoformat(day["on"]) for day in data["days"]]
    numbers = [day["number"] for day in data["days"] if day["counted"]]
    (regime,) = EDITION.rule(rule).regimes
    assert told == [start + number * ONE_DAY for number in range(len(told))]
    assert numbers == list(range(1, regime.length + 1))
    assert data["days"][-1]["number"] == regime.length


@given(BY_DAYS, STARTS, PAUSES)
def test_a_day_is_passed_over_exactly_when_something_closes_it(
    rule: str, start: date, stood: tuple[int, int] | None
) -> None:
    data = as_data(counted(rule, start, stood))

    offices = CALENDARS.get(data["calendar"] or "none")
    for day in data["days"][1:]:
        closed = offices.closed_because(date.fromisoformat(day["on"])) if offices else None
        paused = "waiting on applicant" if stands(data["pauses"], day["on"]) else None
        assert day["reason"] == (closed or paused)
        assert day["counted"] == (day["reason"] is None)


@given(BY_DAYS, STARTS, PAUSES)
def test_the_words_name_as_many_days_as_were_counted(
    rule: str, start: date, stood: tuple[int, int] | None
) -> None:
    found = counted(rule, start, stood)

    sentence = found.explanation.text.split(". ")[2]
    listed = re.findall(r"\b\d{1,2}\b(?! \d)", sentence.partition(": ")[2])
    assert [int(day) for day in listed] == [day.on.day for day in found.days if day.counted]

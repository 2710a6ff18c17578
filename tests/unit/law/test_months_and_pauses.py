"""Months, roll-forward and pauses: cases counted by hand, each with why it comes out so."""

import csv
from datetime import date
from pathlib import Path

import pytest

from shared.law.counting.deadlines import Deadline, deadline
from shared.law.counting.facts import Fact
from shared.law.counting.walks import Pause
from shared.law.reading.calendar_files import load_calendars
from unit.law.trial_edition import trial_edition

EDITION = trial_edition()
CALENDARS = load_calendars()
STOOD = Pause(date(2026, 11, 5), date(2026, 11, 9), "waiting on applicant")


def cases(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(Path(__file__).with_name(name).read_text().splitlines()))


def counted(rule: str, received_on: str, *pauses: Pause) -> Deadline:
    facts = [Fact("receipt", date.fromisoformat(received_on))]
    return deadline(EDITION, rule, facts, CALENDARS, pauses)


@pytest.mark.parametrize("case", cases("month_cases.csv"), ids=lambda case: " ".join(case.values()))
def test_a_month_or_a_roll_forward_ends_where_it_was_counted_by_hand(case: dict[str, str]) -> None:
    due_on = counted(case["rule"], case["received_on"]).due_on

    assert due_on == date.fromisoformat(case["due_on"])


@pytest.mark.parametrize("case", cases("pause_cases.csv"), ids=lambda case: " ".join(case.values()))
def test_a_pause_costs_the_days_at_whose_end_it_stood(case: dict[str, str]) -> None:
    began, ended = (date.fromisoformat(case[name]) for name in ("began_on", "ended_on"))

    due_on = counted(case["rule"], case["received_on"], Pause(began, ended, "waiting")).due_on

    assert due_on == date.fromisoformat(case["due_on"])


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("one-month", "Counted to February 28, 2026, one month later."),
        ("six-months", "Counted to July 31, 2026, six months later."),
        ("twelve-months", "Counted to January 31, 2027, twelve months later."),
        ("thirteen-months", "Counted to February 28, 2027, 13 months later."),
        ("end-of-month", "Counted to January 31, 2026, the last day of the month."),
        ("same-day", "Counted to January 31, 2026, the day itself."),
        ("rolling-end", "Rolled forward from January 31, 2026, weekend."),
        ("one-working-day", "One working day: February 2."),
    ],
)
def test_the_sentence_reads_right(rule: str, sentence: str) -> None:
    assert sentence in counted(rule, "2026-01-31").explanation.text


def test_two_pauses_are_told_by_their_own_reasons() -> None:
    first = Pause(date(2026, 11, 4), date(2026, 11, 6), "waiting on applicant")
    second = Pause(date(2026, 11, 10), date(2026, 11, 11), "waiting on court")

    explanation = counted("pausable-days", "2026-11-02", first, second).explanation

    assert (
        "Not counted: November 4-5, waiting on applicant; November 10, waiting on court."
        in explanation.text
    )
    assert explanation.as_json()["pauses"] == [
        {"began_on": "2026-11-04", "ended_on": "2026-11-06", "reason": "waiting on applicant"},
        {"began_on": "2026-11-10", "ended_on": "2026-11-11", "reason": "waiting on court"},
    ]


def test_duties_that_walk_the_same_way_do_not_share_what_a_reader_may_change() -> None:
    first, second = (counted("one-month", "2026-01-31").explanation.as_json() for _ in range(2))

    assert first == second
    assert first["days"] is not second["days"]


def test_a_clock_that_begins_again_says_so() -> None:
    explained = counted("restarting-days", "2026-11-02", STOOD).explanation.text

    assert "November 5-8, waiting on applicant" in explained
    assert "November 3-4 and 9, the clock started again on November 9, 2026" in explained


def test_a_clock_that_was_never_stopped_is_counted_from_its_start() -> None:
    assert counted("restarting-days", "2026-11-02").due_on == date(2026, 11, 12)

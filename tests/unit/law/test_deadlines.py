"""Due dates: the checked working-day cases, months, pauses, roll-forward and refusals."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from shared.law.counting.calendars import CalendarEndedError
from shared.law.counting.deadlines import Deadline, NotPausableError, deadline, is_in_time
from shared.law.counting.explanations import Pause
from shared.law.counting.facts import Fact, MissingFactError, Moment
from shared.law.counting.rules import NoDutyError, UnknownRuleError
from shared.law.reading.calendar_files import load_calendars
from shared.law.reading.rulebook import load_edition, parse_edition

CASES = list(
    csv.DictReader(Path(__file__).with_name("working_day_cases.csv").read_text().splitlines())
)
TRIAL = """
name: trial
title: An edition for tests
facts: {receipt: Received}
rules:
  rolling:
    title: rolling
    regimes:
      - {name: only, chosen_by: receipt, effective_from: 2012-01-01, owner: officer,
         start: receipt, length: 3, unit: calendar-days, calendar: state-offices,
         rolls_forward: true, text: within 3 days, citation: a test}
  one-month:
    title: one month
    regimes:
      - {name: only, chosen_by: receipt, effective_from: 2012-01-01, owner: officer,
         start: receipt, length: 1, unit: months, text: within a month, citation: a test}
"""


def due(rule: str, *facts: tuple[str, Moment], edition: str = "standards-2012") -> Deadline:
    named = [Fact(name, at) for name, at in facts]
    return deadline(load_edition(edition), rule, named, load_calendars())


def trial(rule: str, received: date) -> Deadline:
    edition = parse_edition("trial", TRIAL, load_calendars())
    return deadline(edition, rule, [Fact("receipt", received)], load_calendars())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["received_on"])
def test_a_checked_working_day_case_comes_out_with_its_closures(case: dict[str, str]) -> None:
    counted = due("dynamic-score-to-doj", ("receipt", date.fromisoformat(case["received_on"])))

    closures = [
        day.on.isoformat()
        for day in counted.days[1:]
        if not day.counted and day.reason != "weekend"
    ]
    assert counted.due_on == date.fromisoformat(case["due_on"])
    assert closures == case["skipped_closures"].split()


def test_a_receipt_late_in_the_evening_counts_from_the_local_day() -> None:
    counted = due("dynamic-score-to-doj", ("receipt", datetime(2026, 11, 21, 5, tzinfo=UTC)))

    assert counted.started_on == date(2026, 11, 20)
    assert counted.due_on == date(2026, 12, 1)
    assert counted.due_at == datetime(2026, 12, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 1, 15), date(2026, 2, 15)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_of_a_shorter_month(
    received: date, expected: date
) -> None:
    assert trial("one-month", received).due_on == expected


def test_twelve_months_from_29_february_end_on_28_february() -> None:
    assert due("maintenance-polygraph", ("examination", date(2024, 2, 29))).due_on == date(
        2025, 2, 28
    )


@pytest.mark.parametrize(
    ("received", "expected", "days"),
    [
        (date(2026, 11, 16), date(2026, 11, 19), 4),
        (date(2026, 11, 19), date(2026, 11, 23), 5),
        (date(2026, 12, 22), date(2026, 12, 28), 7),
    ],
)
def test_a_last_day_that_is_closed_rolls_forward_where_the_rule_says_so(
    received: date, expected: date, days: int
) -> None:
    counted = trial("rolling", received)

    assert counted.due_on == expected
    assert len(counted.days) == days


def test_calendar_days_do_not_roll_forward_by_themselves() -> None:
    counted = due("share-score", ("assessment", date(2025, 1, 10)))

    assert counted.due_on == date(2025, 2, 9)
    assert counted.due_on.strftime("%A") == "Sunday"


def test_the_contact_of_a_month_is_due_on_its_last_day() -> None:
    assert due("monthly-contact", ("month", date(2028, 2, 1))).due_on == date(2028, 2, 29)


def test_static_99r_is_due_on_the_day_of_placement() -> None:
    counted = due("static-99r-before-placement", ("placement", date(2026, 11, 23)))

    assert counted.due_on == date(2026, 11, 23)


def test_a_pause_moves_the_date_by_the_days_paused() -> None:
    complete = Fact("complete", date(2026, 11, 2))
    pauses = [
        Pause(date(2026, 11, 10), date(2026, 11, 20), "waiting on applicant"),
        Pause(date(2026, 12, 1), date(2026, 12, 1), "answered the same day"),
    ]

    counted = deadline(
        load_edition("standards-2012"), "decide-application", [complete], load_calendars(), pauses
    )

    assert counted.due_on == date(2026, 12, 27)
    assert "Not counted: November 10-19, waiting on applicant." in counted.explanation.text


def test_a_clock_that_does_not_pause_refuses_to() -> None:
    with pytest.raises(NotPausableError, match="share a score cannot be paused"):
        deadline(
            load_edition("standards-2012"),
            "share-score",
            [Fact("assessment", date(2026, 11, 2))],
            load_calendars(),
            [Pause(date(2026, 11, 3), date(2026, 11, 4), "on leave")],
        )


def test_under_sb_1473_the_assessments_date_chooses_owner_and_clock() -> None:
    old = due(
        "dynamic-score-to-doj",
        ("assessment", date(2024, 12, 20)),
        ("receipt", date(2024, 12, 24)),
        edition="sb-1473",
    )
    new = due("dynamic-score-to-doj", ("assessment", date(2025, 1, 10)), edition="sb-1473")

    assert (old.owner_role, old.due_on, old.regime.length) == ("officer", date(2025, 1, 2), 5)
    assert (new.owner_role, new.due_on, new.regime.length) == ("provider", date(2025, 2, 9), 30)


@pytest.mark.parametrize(
    ("edition", "assessed_on", "reason"),
    [
        ("standards-2012", date(2026, 1, 10), "reaches DOJ by itself"),
        ("sb-1473", date(2024, 12, 31), "reaches DOJ by itself"),
        ("standards-2012", date(2012, 6, 30), "no regime of this edition covers that date"),
    ],
)
def test_where_nobody_owes_the_duty_the_reason_is_given(
    edition: str, assessed_on: date, reason: str
) -> None:
    with pytest.raises(NoDutyError, match=reason):
        due("violence-score-to-doj", ("assessment", assessed_on), edition=edition)


def test_from_2025_the_provider_owes_the_violence_score_under_sb_1473() -> None:
    counted = due("violence-score-to-doj", ("assessment", date(2025, 1, 1)), edition="sb-1473")

    assert (counted.owner_role, counted.due_on) == ("provider", date(2025, 1, 31))


def test_a_missing_fact_is_named() -> None:
    with pytest.raises(MissingFactError) as refused:
        due("dynamic-score-to-doj", ("assessment", date(2024, 12, 20)), edition="sb-1473")

    assert [fault.field for fault in refused.value.faults] == ["facts.receipt"]


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownRuleError, match="it has screen-application"):
        due("pay-the-fee", ("receipt", date(2026, 11, 20)))


def test_counting_past_the_calendars_end_is_an_error() -> None:
    with pytest.raises(CalendarEndedError):
        due("dynamic-score-to-doj", ("receipt", date(2040, 12, 28)))


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [
        (date(2026, 12, 1), True),
        (date(2026, 12, 2), False),
        (datetime(2026, 12, 2, 7, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 2, 8, tzinfo=UTC), False),
    ],
)
def test_the_last_moment_of_the_due_day_is_in_time(moment: Moment, in_time: bool) -> None:  # noqa: FBT001 - a parametrized expectation
    counted = due("dynamic-score-to-doj", ("receipt", date(2026, 11, 20)))

    assert is_in_time(moment, counted.due_on, counted.due_at) is in_time

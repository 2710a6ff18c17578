"""Forecasts of days that were all alike, counted by hand over Thanksgiving of 2026."""

from datetime import date, timedelta

import pytest

from certification.domain.forecast.forecasting import NotEnoughObserved, forecast
from certification.domain.forecast.observed import Observed
from certification.domain.forecast.open_files import OpenFile, Stage
from certification.domain.forecast.prospects import DateRange
from unit.certification.desk_days import (
    TODAY,
    asked,
    foretold,
    in_line,
    median,
    not_complete,
    paused,
    prospect_of,
    steady,
)

WEDNESDAY = TODAY
MONDAY, TUESDAY, THURSDAY = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 3)
WINDOW_OF_LATELY = 30
LINE = [in_line(number) for number in range(1, 6)]


@pytest.mark.parametrize(
    ("observed", "today", "dates"),
    [
        (steady(2), TODAY, [WEDNESDAY, WEDNESDAY, MONDAY, MONDAY, TUESDAY]),
        (steady(1, 1), TODAY, [WEDNESDAY, WEDNESDAY, MONDAY, MONDAY, TUESDAY]),
        (steady(0, 2, completions=9), TODAY, [WEDNESDAY, WEDNESDAY, MONDAY, MONDAY, TUESDAY]),
        (steady(2, decisions_today=1), TODAY, [WEDNESDAY, MONDAY, MONDAY, TUESDAY, TUESDAY]),
        (
            steady(2, decisions_today=5),
            TODAY,
            [MONDAY, MONDAY, TUESDAY, TUESDAY, date(2026, 12, 2)],
        ),
        (steady(5), TODAY, [WEDNESDAY] * 5),
        (steady(5), date(2026, 11, 26), [MONDAY] * 5),
        (steady(5, decisions_today=3), date(2026, 11, 28), [MONDAY] * 5),
    ],
)
def test_files_are_reached_in_turn_on_the_days_on_which_state_offices_are_open(
    observed: Observed, today: date, dates: list[date]
) -> None:
    answer = foretold(asked(LINE, observed, today=today))

    assert [prospect_of(answer, file).reached for file in LINE] == [
        DateRange(on, on, on) for on in dates
    ]


@pytest.mark.parametrize(
    ("reviewers", "dates"),
    [
        (0, [None] * 5),
        (1, [WEDNESDAY, MONDAY, TUESDAY, date(2026, 12, 2), THURSDAY]),
        (2, [WEDNESDAY, WEDNESDAY, MONDAY, MONDAY, TUESDAY]),
        (3, [WEDNESDAY, WEDNESDAY, WEDNESDAY, MONDAY, MONDAY]),
        (5, [WEDNESDAY] * 5),
    ],
)
def test_so_many_reviewers_decide_in_proportion(reviewers: int, dates: list[date | None]) -> None:
    answer = foretold(asked(LINE, steady(1, 1), reviewers=reviewers))

    assert [median(answer, file) for file in LINE] == dates


def test_a_place_past_all_that_can_be_decided_is_beyond_the_horizon() -> None:
    line = [in_line(number) for number in range(1, 1002)]

    answer = foretold(asked(line, steady(2)))

    assert median(answer, line[999]) == answer.horizon.days[-1]
    assert median(answer, line[1000]) is None
    assert prospect_of(answer, line[1000]).late_runs == 20


@pytest.mark.parametrize(
    ("completions", "on"), [(0, TUESDAY), (2, THURSDAY), (1, date(2026, 12, 2))]
)
def test_a_file_not_complete_joins_behind_who_was_there_and_who_came_meanwhile(
    completions: int, on: date
) -> None:
    file = not_complete(1, date(2026, 11, 20))
    observed = steady(2, completions=completions, completion_delays=[10] * 10)

    answer = foretold(asked([*LINE[:4], file], observed))

    assert prospect_of(answer, file).reached == DateRange(on, on, on)


def test_a_file_complete_while_nobody_waits_is_decided_on_a_later_day() -> None:
    file = not_complete(1, date(2026, 11, 20))

    answer = foretold(asked([file], steady(2, completion_delays=[10] * 10)))

    assert median(answer, file) == TUESDAY


def test_completions_of_today_are_not_drawn_again() -> None:
    file = not_complete(1, date(2026, 11, 20))
    observed = steady(2, completions=1, completions_today=1, completion_delays=[10] * 10)

    answer = foretold(asked([*LINE[:4], file], observed))

    assert median(answer, file) == TUESDAY


def test_a_file_back_from_its_applicant_goes_before_the_line() -> None:
    file = paused(1, date(2026, 11, 20))

    answer = foretold(asked([*LINE[:4], file], steady(2, answer_delays=[10] * 10)))

    assert median(answer, file) == MONDAY
    assert [median(answer, each) for each in LINE[:4]] == [WEDNESDAY, WEDNESDAY, MONDAY, TUESDAY]


def test_a_file_back_never_passes_those_complete_before_it() -> None:
    file = paused(1, date(2026, 11, 20), completed_before=5)

    answer = foretold(asked([*LINE, file], steady(1, answer_delays=[10] * 10)))

    assert median(answer, file) == median(answer, LINE[3]) == date(2026, 12, 2)
    assert median(answer, LINE[4]) == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("due_on", "late_runs"),
    [(date(2026, 11, 20), 0), (date(2026, 11, 19), 20), (None, 0)],
)
def test_a_paused_file_has_from_its_return_what_was_left_of_its_target(
    due_on: date | None, late_runs: int
) -> None:
    file = paused(1, date(2026, 11, 20), due_on=due_on)

    answer = foretold(asked([file], steady(2, answer_delays=[10] * 10)))

    assert prospect_of(answer, file).late_runs == late_runs


def test_too_few_answers_put_paused_files_back_at_once_and_say_nothing_of_them() -> None:
    file = paused(1, date(2026, 11, 20))

    answer = foretold(asked([*LINE[:2], file], steady(2, answer_delays=[10] * 9)))

    assert prospect_of(answer, file).reached is None
    assert [median(answer, each) for each in LINE[:2]] == [WEDNESDAY, MONDAY]


@pytest.mark.parametrize(
    "file", [paused(1, date(2026, 11, 14)), not_complete(1, date(2026, 11, 14))]
)
def test_of_a_file_that_has_waited_longer_than_any_observed_nothing_is_said(
    file: OpenFile,
) -> None:
    observed = steady(1, completion_delays=[10] * 10, answer_delays=[10] * 10)

    answer = foretold(asked([LINE[0], file], observed))

    said = prospect_of(answer, file)
    assert (said.reached, said.late_runs, said.place) == (None, None, None)
    assert median(answer, LINE[0]) == WEDNESDAY


@pytest.mark.parametrize(
    "file", [paused(1, date(2026, 11, 20)), not_complete(1, date(2026, 11, 20))]
)
def test_a_wait_that_ends_beyond_the_horizon_is_said_to(file: OpenFile) -> None:
    observed = steady(1, completion_delays=[2_000] * 10, answer_delays=[2_000] * 10)

    answer = foretold(asked([file], observed))

    assert median(answer, file) is None
    assert prospect_of(answer, file).late_runs == 20


def test_without_open_files_nothing_is_late() -> None:
    answer = foretold(asked([], steady(2)))

    assert answer.prospects == ()
    assert answer.as_staffed.late_cautiously == answer.as_staffed.extra_days_cautiously == 0


@pytest.mark.parametrize(
    ("observed", "lacks"),
    [
        (
            Observed(()),
            (
                "0 working days with a reviewer, of 10 needed",
                "0 decisions, of 30 needed",
            ),
        ),
        (steady(4, days=9), ("9 working days with a reviewer, of 10 needed",)),
        (steady(1, days=29), ("29 decisions, of 30 needed",)),
    ],
)
def test_too_little_observed_is_said_instead_of_a_guess(
    observed: Observed, lacks: tuple[str, ...]
) -> None:
    answer = forecast(asked(LINE, observed))

    assert answer == NotEnoughObserved(observed, lacks)


def test_days_before_the_first_reviewer_are_not_drawn_from() -> None:
    lately = steady(2)
    before = steady(days=60, completions=50).days[WINDOW_OF_LATELY:]

    answer = foretold(asked(LINE, Observed((*lately.days, *before))))

    assert answer.observed.completions == 0
    assert median(answer, LINE[4]) == TUESDAY


def test_files_in_review_are_decided_first_and_have_no_place_in_line() -> None:
    in_review = in_line(9, stage=Stage.IN_REVIEW)

    answer = foretold(asked([*LINE[:2], in_review], steady(2)))

    assert prospect_of(answer, in_review).place is None
    assert [median(answer, each) for each in (in_review, *LINE[:2])] == [
        WEDNESDAY,
        WEDNESDAY,
        MONDAY,
    ]
    assert [prospect_of(answer, each).place for each in LINE[:2]] == [1, 2]


def test_a_cured_file_has_its_turn_by_its_complete_date_and_no_place() -> None:
    cured = in_line(1, stage=Stage.CURED)

    answer = foretold(asked([cured, *LINE[1:3]], steady(2)))

    assert [median(answer, each) for each in (cured, *LINE[1:3])] == [
        WEDNESDAY,
        WEDNESDAY,
        MONDAY,
    ]
    assert [prospect_of(answer, each).place for each in (cured, *LINE[1:3])] == [None, 1, 2]


def test_files_are_listed_in_line_then_paused_then_not_complete() -> None:
    files = [not_complete(1, TODAY), paused(1, TODAY - timedelta(days=1)), LINE[1], LINE[0]]

    answer = foretold(asked(files, steady(2)))

    assert [each.file.stage for each in answer.prospects] == [
        Stage.IN_LINE,
        Stage.IN_LINE,
        Stage.PAUSED,
        Stage.NOT_COMPLETE,
    ]
    assert [each.place for each in answer.prospects] == [1, 2, None, None]


def test_where_the_calendar_has_ended_nothing_is_reached() -> None:
    answer = foretold(asked([LINE[0]], steady(2), today=date(2041, 1, 2)))

    assert answer.horizon.days == ()
    assert median(answer, LINE[0]) is None
    assert prospect_of(answer, LINE[0]).late_runs == 20

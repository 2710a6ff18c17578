"""From the record to what was observed: days, reviewers present, today apart."""

from datetime import date

import pytest

from certification.domain.forecast.observed import ObservedDay
from certification.domain.forecast.tallies import Answered, Completed, Tallies, Worked, observed_in
from certification.domain.forecast.window import Window, window_before
from unit.certification.desk_days import STATE_OFFICES, TODAY

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
ANN, BEN = "Ann", "Ben"


def _window(length: int = 3, today: date = TODAY) -> Window:
    return window_before(today, STATE_OFFICES, length)


def test_the_window_is_of_working_days_before_today() -> None:
    after_thanksgiving = window_before(date(2026, 12, 1), STATE_OFFICES, 3)

    assert _window().days == (FRIDAY, MONDAY, TUESDAY)
    assert after_thanksgiving.days == (TUESDAY, TODAY, date(2026, 11, 30))
    assert _window().looks_from == date(2026, 10, 21)


@pytest.mark.parametrize(
    ("today", "on", "day"),
    [
        (TODAY, TUESDAY, TUESDAY),
        (TODAY, SATURDAY, FRIDAY),
        (TODAY, TODAY, TODAY),
        (TODAY, date(2026, 11, 19), None),
        (date(2026, 11, 28), date(2026, 11, 28), TODAY),
        (date(2026, 11, 28), date(2026, 11, 26), TODAY),
    ],
)
def test_what_happens_on_a_closed_day_belongs_to_the_working_day_before(
    today: date, on: date, day: date | None
) -> None:
    assert _window(today=today).day_of(on) == day


def test_a_window_before_the_calendar_begins_is_empty() -> None:
    window = window_before(STATE_OFFICES.covers_from, STATE_OFFICES, 3)

    assert window.days == ()
    assert observed_in(window, Tallies()).days == ()


def test_completions_are_counted_by_day_with_how_long_they_took() -> None:
    tallies = Tallies(
        [
            Completed(SATURDAY, date(2026, 11, 1), 2),
            Completed(MONDAY, FRIDAY, 1),
            Completed(TODAY, TODAY, 1),
            Completed(date(2026, 11, 2), date(2026, 10, 1), 7),
        ],
        answered=[Answered(MONDAY, 5), Answered(TODAY, 3), Answered(date(2026, 11, 2), 9)],
    )

    observed = observed_in(_window(), tallies)

    assert [day.completions for day in observed.days] == [2, 1, 0]
    assert observed.completions_today == 1
    assert observed.completion_delays == (0, 3, 20, 20)
    assert observed.answer_delays == (3, 5)


def test_a_reviewer_stands_on_every_day_from_the_first_work_on() -> None:
    tallies = Tallies(
        worked=[Worked(MONDAY, BEN, 0), Worked(FRIDAY, ANN, 2), Worked(TODAY, ANN, 1)]
    )

    observed = observed_in(_window(), tallies)

    assert observed.days == (
        ObservedDay(FRIDAY, 0, (2,)),
        ObservedDay(MONDAY, 0, (0, 0)),
        ObservedDay(TUESDAY, 0, (0, 0)),
    )
    assert (observed.reviewers, observed.decisions_today) == (2, 1)


def test_work_before_the_window_tells_that_a_reviewer_was_there() -> None:
    tallies = Tallies(worked=[Worked(date(2026, 11, 2), ANN, 9), Worked(TUESDAY, ANN, 2)])

    observed = observed_in(_window(), tallies)

    assert [day.decisions for day in observed.days] == [(0,), (0,), (2,)]


def test_a_reviewer_without_work_for_two_weeks_is_gone_since_the_last_of_it() -> None:
    window = _window(length=15)
    gone, here = window.days[4], window.days[5]
    tallies = Tallies(
        worked=[
            Worked(window.days[0], ANN, 1),
            Worked(gone, ANN, 1),
            Worked(window.days[0], BEN, 1),
            Worked(here, BEN, 1),
        ]
    )

    observed = observed_in(window, tallies)

    assert [len(day.decisions) for day in observed.days] == [2] * 5 + [1] * 10
    assert observed.reviewers == 1

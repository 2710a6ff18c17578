"""What holds of every forecast, whatever was observed and whoever waits."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certification.domain.forecast.curves import LATE, MIDDLE
from certification.domain.forecast.forecasting import Forecast, ForecastQuestion
from certification.domain.forecast.listing import turn_of
from certification.domain.forecast.observed import Observed, ObservedDay
from certification.domain.forecast.open_files import OpenFile, Stage
from certification.domain.forecast.prospects import Prospect
from unit.certification.desk_days import (
    TODAY,
    asked,
    foretold,
    in_line,
    not_complete,
    paused,
    steady,
)

FEW = settings(max_examples=40, deadline=None)
ENOUGH = steady(2, 1, days=10).days
"""So that there is always enough to say something."""

DAYS = st.builds(
    ObservedDay,
    on=st.dates(date(2026, 9, 1), date(2026, 11, 10)),
    completions=st.integers(0, 5),
    decisions=st.lists(st.integers(0, 4), max_size=3).map(tuple),
)
WAITS = st.lists(st.integers(0, 90), max_size=30).map(tuple)
OBSERVED = st.builds(
    lambda days, completed, answered, done: Observed((*ENOUGH, *days), completed, answered, *done),
    st.lists(DAYS, max_size=12),
    WAITS,
    WAITS,
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
)
DUE = st.none() | st.dates(TODAY - timedelta(days=20), TODAY + timedelta(days=45))
SINCE = st.dates(TODAY - timedelta(days=60), TODAY)
TURN = st.sampled_from([Stage.IN_LINE, Stage.IN_LINE, Stage.CURED, Stage.IN_REVIEW])
NUMBER = st.integers(1, 40)
FILES = st.tuples(
    st.lists(st.builds(in_line, NUMBER, due_on=DUE, stage=TURN), max_size=20),
    st.lists(st.builds(paused, NUMBER, SINCE, completed_before=NUMBER, due_on=DUE), max_size=4),
    st.lists(st.builds(not_complete, NUMBER, SINCE), max_size=4),
).map(lambda groups: list({file.id: file for group in groups for file in group}.values()))
QUESTIONS = st.builds(asked, FILES, OBSERVED, seed=st.integers(0, 5), runs=st.integers(1, 25))

COMPLETE = (Stage.IN_REVIEW, Stage.IN_LINE, Stage.CURED)
Numbers = tuple[int, int, int]


def _numbers(answer: Forecast, prospect: Prospect) -> Numbers:
    """The range in days from today, beyond the horizon after every other."""
    assert prospect.reached is not None
    beyond = answer.horizon.days[-1] + timedelta(days=1)
    earliest, median, latest = (((on or beyond) - TODAY).days for on in prospect.reached)
    return earliest, median, latest


def _ranges(answer: Forecast) -> dict[OpenFile, Numbers]:
    return {each.file: _numbers(answer, each) for each in answer.prospects if each.reached}


def _is_no_later(first: Numbers, second: Numbers) -> bool:
    return all(one <= other for one, other in zip(first, second, strict=True))


@FEW
@given(QUESTIONS)
def test_a_range_never_goes_back_and_never_begins_before_today(question: ForecastQuestion) -> None:
    answer = foretold(question)

    for earliest, median, latest in _ranges(answer).values():
        assert 0 <= earliest <= median <= latest


@FEW
@given(QUESTIONS)
def test_a_file_complete_before_another_in_line_is_never_reached_later(
    question: ForecastQuestion,
) -> None:
    answer = foretold(question)

    line = [each for each in answer.prospects if each.file.stage is Stage.IN_LINE]
    assert [each.place for each in line] == list(range(1, len(line) + 1))
    assert [each.file for each in line] == sorted(
        (each.file for each in line), key=lambda file: (file.completed_at, file.id)
    )
    for ahead, behind in pairwise(line):
        assert _is_no_later(_numbers(answer, ahead), _numbers(answer, behind))


@FEW
@given(QUESTIONS)
def test_files_are_listed_in_the_order_of_their_turns(question: ForecastQuestion) -> None:
    answer = foretold(question)

    turns = [turn_of(each.file) for each in answer.prospects]
    assert turns == sorted(turns)
    assert len(turns) == len(question.files)


@FEW
@given(QUESTIONS)
def test_nobody_passes_a_file_in_line_that_was_complete_before(question: ForecastQuestion) -> None:
    answer = foretold(question)

    line = [each for each in answer.prospects if each.file.stage in COMPLETE]
    others = [each for each in answer.prospects if each.reached and each not in line]
    for other in others:
        for each in line:
            is_behind = other.file.completed_at is None or (
                each.file.completed_at is not None
                and other.file.completed_at > each.file.completed_at
            )
            assert not is_behind or _is_no_later(_numbers(answer, each), _numbers(answer, other))


@FEW
@given(QUESTIONS, st.integers(0, 6))
def test_one_reviewer_more_never_makes_a_date_later_nor_a_file_late(
    question: ForecastQuestion, reviewers: int
) -> None:
    before = foretold(replace(question, reviewers=reviewers))
    after = foretold(replace(question, reviewers=reviewers + 1))

    later, sooner = _ranges(before), _ranges(after)
    assert sooner.keys() == later.keys()
    assert all(_is_no_later(sooner[file], later[file]) for file in sooner)
    assert after.as_staffed.late_cautiously <= before.as_staffed.late_cautiously
    assert after.as_staffed.late_at_median <= before.as_staffed.late_at_median
    assert after.as_staffed.extra_days_cautiously <= before.as_staffed.extra_days_cautiously


@FEW
@given(QUESTIONS)
def test_as_many_are_late_as_there_are_files_that_are(question: ForecastQuestion) -> None:
    answer = foretold(question)

    late = {
        percent: sum(each.is_late_at(percent, question.runs) for each in answer.prospects)
        for percent in (MIDDLE, LATE)
    }
    said = answer.as_staffed
    assert (said.late_at_median, said.late_cautiously) == (late[MIDDLE], late[LATE])


@FEW
@given(QUESTIONS, st.randoms(use_true_random=False))
def test_the_same_question_in_any_order_gets_the_same_answer(
    question: ForecastQuestion, random: Random
) -> None:
    files, days = list(question.files), list(question.observed.days)
    random.shuffle(files)
    random.shuffle(days)
    shuffled = replace(
        question,
        files=files,
        observed=Observed(
            tuple(days),
            tuple(reversed(question.observed.completion_delays)),
            tuple(reversed(question.observed.answer_delays)),
            question.observed.completions_today,
            question.observed.decisions_today,
        ),
    )

    first, second = foretold(question), foretold(shuffled)

    assert first.prospects == second.prospects
    assert first.as_staffed == second.as_staffed
    assert (first.one_fewer, first.one_more) == (second.one_fewer, second.one_more)


@FEW
@given(QUESTIONS)
def test_a_what_if_is_the_forecast_with_that_many(question: ForecastQuestion) -> None:
    answer = foretold(question)
    reviewers = answer.as_staffed.reviewers

    assert answer.one_more == foretold(replace(question, reviewers=reviewers + 1)).as_staffed
    assert answer.one_fewer == foretold(replace(question, reviewers=reviewers - 1)).as_staffed


@FEW
@given(QUESTIONS)
def test_late_files_and_ranges_agree(question: ForecastQuestion) -> None:
    answer = foretold(question)

    line = [each for each in answer.prospects if each.file.stage in COMPLETE]
    for each in line:
        assert each.reached is not None
        assert each.target_on is not None
        is_late = each.reached.median is None or each.reached.median > each.target_on
        assert each.is_late_at(50, answer.runs) == is_late


@FEW
@given(QUESTIONS)
def test_without_any_output_nothing_in_line_is_ever_reached(question: ForecastQuestion) -> None:
    answer = foretold(replace(question, reviewers=0))

    assert all(each.reached in {None, (None, None, None)} for each in answer.prospects)


@FEW
@given(QUESTIONS)
def test_enough_extra_decisions_bring_in_time_what_can_be(question: ForecastQuestion) -> None:
    answer = foretold(question)

    late = answer.as_staffed
    assert 0 <= late.late_at_median <= late.late_cautiously <= len(question.files)
    assert 0 <= late.extra_days_at_median <= late.extra_days_cautiously


def test_another_seed_is_another_future() -> None:
    days = tuple(ObservedDay(TODAY - timedelta(days=back), 0, (back % 7,)) for back in range(1, 31))
    files = [in_line(number) for number in range(1, 300)]

    first, second = (foretold(asked(files, Observed(days), seed=seed)).prospects for seed in (1, 2))

    assert first != second


@pytest.mark.parametrize("days", [30, 60])
def test_far_dates_are_no_surer_than_the_average_observed(days: int) -> None:
    observed = Observed(
        tuple(
            ObservedDay(TODAY - timedelta(days=back), 0, (4 * (back % 2),))
            for back in range(1, days + 1)
        )
    )
    file = in_line(600)
    files = [*(in_line(number) for number in range(1, 600)), file]

    answer = foretold(asked(files, observed, runs=400))

    reached = answer.by_file[file.id].reached
    assert reached is not None
    assert reached.earliest is not None
    assert reached.latest is not None
    assert (reached.latest - reached.earliest).days > 60

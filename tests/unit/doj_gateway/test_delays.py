"""Waits grow with tries in vain, and shrink as the due comes near."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doj_gateway.domain.delays import (
    FIRST,
    LONGEST,
    LONGEST_BETWEEN_QUESTIONS,
    LONGEST_WHEN_DUE,
    AskingPolicy,
    heeded,
    next_step,
    retry_delay,
)
from doj_gateway.domain.submissions import SubmissionState
from unit.doj_gateway.gateway_examples import DUE, NOW, a_submission

ASKING = AskingPolicy(timedelta(seconds=2))


def test_the_first_tries_follow_quickly() -> None:
    delays = [retry_delay(tries, NOW, DUE) for tries in range(4)]

    assert delays == [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST]


@pytest.mark.parametrize(
    ("left", "longest"),
    [
        (timedelta(days=5), LONGEST),
        (timedelta(hours=1), timedelta(minutes=1)),
        (timedelta(minutes=1), LONGEST_WHEN_DUE),
        (timedelta(days=-1), LONGEST_WHEN_DUE),
    ],
)
def test_the_longest_wait_is_shorter_near_the_due(left: timedelta, longest: timedelta) -> None:
    assert retry_delay(99, NOW, NOW + left) == longest


def test_without_a_due_the_longest_wait_is_the_general_one() -> None:
    assert retry_delay(99, NOW, None) == LONGEST


@given(st.integers(0, 1000), st.timedeltas(timedelta(days=-10), timedelta(days=40)))
def test_a_wait_never_shrinks_with_tries_and_never_exceeds_the_longest(
    tries: int, left: timedelta
) -> None:
    delay = retry_delay(tries, NOW, NOW + left)

    assert FIRST <= delay <= retry_delay(tries + 1, NOW, NOW + left) <= LONGEST


def test_doj_is_asked_for_its_acknowledgment_ever_less_often() -> None:
    delays = [ASKING.delay(asked) for asked in (0, 1, 2, 1000)]

    assert delays == [
        timedelta(seconds=2),
        timedelta(seconds=3),
        timedelta(seconds=4.5),
        LONGEST_BETWEEN_QUESTIONS,
    ]


def test_the_next_step_is_a_question_once_sent_a_retry_before_and_none_where_it_rests() -> None:
    steps = {
        state: next_step(a_submission(state), NOW, ASKING, DUE)
        for state in (
            SubmissionState.HELD,
            SubmissionState.QUEUED,
            SubmissionState.UNKNOWN,
            SubmissionState.SENT,
            SubmissionState.DIFFERS,
            SubmissionState.REJECTED,
        )
    }

    assert steps == {
        SubmissionState.HELD: None,
        SubmissionState.QUEUED: FIRST,
        SubmissionState.UNKNOWN: FIRST,
        SubmissionState.SENT: timedelta(seconds=2),
        SubmissionState.DIFFERS: None,
        SubmissionState.REJECTED: None,
    }


@pytest.mark.parametrize(
    ("since", "wait"),
    [
        (timedelta(), timedelta(days=1)),
        (timedelta(days=29), timedelta(days=1)),
        (timedelta(days=29, seconds=1), None),
    ],
)
def test_what_doj_acknowledged_is_asked_about_daily_for_thirty_days(
    since: timedelta, wait: timedelta | None
) -> None:
    done = a_submission(SubmissionState.ACKNOWLEDGED, acknowledged_at=NOW - since)

    assert next_step(done, NOW, ASKING, DUE) == wait


@pytest.mark.parametrize(
    ("asked_for", "left", "wait"),
    [
        (timedelta(minutes=20), timedelta(days=5), timedelta(minutes=20)),
        (timedelta(days=2), timedelta(days=5), timedelta(hours=1)),
        (timedelta(hours=1), timedelta(minutes=40), timedelta(minutes=20)),
        (timedelta(hours=1), timedelta(days=-1), timedelta(minutes=5)),
    ],
)
def test_doj_is_left_alone_as_it_asks_but_for_an_hour_and_half_the_time_left_at_most(
    asked_for: timedelta, left: timedelta, wait: timedelta
) -> None:
    assert heeded(asked_for, NOW, NOW + left) == wait


def test_a_retry_that_doj_asks_to_delay_is_never_earlier_than_without_it() -> None:
    tried = a_submission(SubmissionState.QUEUED, tries=99)

    assert next_step(tried, NOW, ASKING, DUE, timedelta(seconds=1)) == LONGEST
    assert next_step(tried, NOW, ASKING, DUE, timedelta(minutes=30)) == timedelta(minutes=30)

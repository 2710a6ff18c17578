"""A notice answers the open expectation of its case, instrument and day."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from doj_gateway.domain.notices import (
    DojNotice,
    Expectation,
    ExpectationState,
    Misfit,
    NoticeState,
    acknowledged,
    expectation_for,
    in_vain,
    matched,
    met,
    unclear,
)
from shared.errors import ConflictError
from unit.doj_gateway.gateway_examples import ASSESSED_ON, CASE, NOW, a_notice, an_expectation
from unit.relation import happening, written

TABLE = Path(__file__).with_name("notice_moves.csv")
BECOME: Mapping[str, Callable[[DojNotice], DojNotice]] = {
    "unclear": lambda it: unclear(it, "unknown-person"),
    "matched": lambda it: matched(it, an_expectation(1), NOW),
    "acknowledged": lambda it: acknowledged(it, NOW),
}


def test_of_several_fitting_expectations_the_oldest_is_answered() -> None:
    later, earlier = an_expectation(2), an_expectation(1)

    found = expectation_for(a_notice(), [CASE], [later, earlier], 1)

    assert found == earlier


@pytest.mark.parametrize(
    "other",
    [
        an_expectation(1, case_id=UUID(int=9)),
        an_expectation(1, instrument="sra-fv"),
        an_expectation(1, assessed_on=date(2026, 11, 18)),
        an_expectation(1, state=ExpectationState.MET),
    ],
)
def test_an_expectation_of_another_score_is_not_answered(other: Expectation) -> None:
    assert expectation_for(a_notice(), [CASE], [other], 1) is Misfit.NONE


@pytest.mark.parametrize("day", [date(2026, 11, 15), date(2026, 11, 17)])
def test_a_day_off_is_matched_with_the_difference_shown(day: date) -> None:
    expectation = an_expectation(1, assessed_on=day)

    found = expectation_for(a_notice(), [CASE], [expectation], 1)

    assert found == expectation
    assert matched(a_notice(), expectation, NOW).days_apart == (day - ASSESSED_ON).days
    assert expectation_for(a_notice(), [CASE], [expectation], 0) is Misfit.NONE


def test_the_very_day_comes_before_the_day_beside_it_and_two_beside_it_are_a_person_s() -> None:
    day_before = an_expectation(1, assessed_on=date(2026, 11, 15))
    day_after = an_expectation(2, assessed_on=date(2026, 11, 17))
    same_day = an_expectation(3)

    with_it = expectation_for(a_notice(), [CASE], [day_before, day_after, same_day], 1)
    without = expectation_for(a_notice(), [CASE], [day_before, day_after], 1)

    assert (with_it, without) == (same_day, Misfit.SEVERAL)


def test_a_notice_without_a_day_is_matched_by_nobody_but_a_person() -> None:
    undated = a_notice(assessed_on=None)

    with pytest.raises(ValueError, match="without a day"):
        expectation_for(undated, [CASE], [an_expectation(1)], 1)


def test_a_time_that_cannot_be_true_does_not_become_the_time_at_which_doj_saw_it() -> None:
    in_2200 = a_notice(seen_at=datetime(2200, 1, 1, tzinfo=UTC))

    assert met(an_expectation(1), in_2200, NOW).seen_at == in_2200.received_at


def test_an_expectation_keeps_when_doj_saw_the_score() -> None:
    after = met(an_expectation(1), a_notice(), NOW)

    assert (after.state, after.seen_at) == (ExpectationState.MET, a_notice().seen_at)


def test_an_expectation_is_met_once() -> None:
    once = met(an_expectation(1), a_notice(), NOW)

    with pytest.raises(ConflictError):
        met(once, a_notice(), NOW)


def test_a_notice_is_matched_and_then_acknowledged() -> None:
    expectation = an_expectation(1)

    found = matched(in_vain(a_notice()), expectation, NOW)
    done = acknowledged(found, NOW)

    assert (found.expectation_id, found.case_id, found.tries) == (expectation.id, CASE, 0)
    assert (done.state, done.acknowledged_at) == (NoticeState.ACKNOWLEDGED, NOW)


def test_a_notice_becomes_what_the_table_beside_says_and_nothing_else() -> None:
    def after(move: str, before: str) -> str:
        return BECOME[move](a_notice(NoticeState(before))).state

    assert happening(BECOME, NoticeState, after, "notice-state") == written(TABLE)

"""What a staffing comes to: late files, the reviewer days that lack, one reviewer more or fewer."""

from datetime import date

import pytest

from certification.domain.forecast.deck import decided_by
from certification.domain.forecast.open_files import OpenFile
from certification.domain.forecast.staffing import Outlook
from unit.certification.desk_days import (
    TODAY,
    asked,
    foretold,
    in_line,
    not_complete,
    prospect_of,
    steady,
)

WEDNESDAY, SUNDAY, MONDAY = TODAY, date(2026, 11, 29), date(2026, 11, 30)
IN_DECEMBER, UNTIL_JANUARY_14 = 22, 9
"""Working days: Christmas is on a Friday, and so is New Year's Day."""


def _line(count: int, due_on: date) -> list[OpenFile]:
    return [in_line(number, due_on=due_on) for number in range(1, count + 1)]


def test_one_reviewer_more_or_fewer_is_counted_beside_those_there_are() -> None:
    answer = foretold(asked(_line(6, MONDAY), steady(1, 1)))

    assert answer.one_fewer == Outlook(1, 4, 4, 4, 4)
    assert answer.as_staffed == Outlook(2, 2, 2, 2, 2)
    assert answer.one_more == Outlook(3, 0, 0, 0, 0)


def test_with_no_reviewer_there_is_not_one_fewer() -> None:
    answer = foretold(asked(_line(1, MONDAY), steady(2), reviewers=0))

    assert answer.one_fewer is None
    assert answer.as_staffed == Outlook(0, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("due_on", "late", "extra_days"),
    [
        (MONDAY, 1, 1),
        (SUNDAY, 3, 2),
        (date(2026, 12, 1), 0, 0),
        (date(2026, 11, 24), 5, 0),
    ],
)
def test_reviewer_days_bring_in_time_what_still_can_be(
    due_on: date, late: int, extra_days: int
) -> None:
    answer = foretold(asked(_line(5, due_on), steady(2)))

    assert answer.as_staffed == Outlook(1, late, late, extra_days, extra_days)


def test_the_target_at_which_most_is_lacking_says_how_many_days() -> None:
    line = [*_line(3, TODAY), in_line(4, due_on=date(2026, 12, 31))]

    answer = foretold(asked(line, steady(1)))

    assert answer.as_staffed == Outlook(1, 2, 2, 2, 2)


def test_a_file_without_a_date_in_the_ledger_has_its_target_from_its_complete_date() -> None:
    file = in_line(1)

    answer = foretold(asked([file], steady(2)))

    assert prospect_of(answer, file).target_on == date(2026, 12, 20)


def test_files_not_complete_yet_are_late_by_the_days_after_they_join() -> None:
    line = [in_line(number, due_on=date(2027, 12, 31)) for number in range(1, 101)]
    file = not_complete(1, date(2026, 11, 20))

    answer = foretold(asked([*line, file], steady(1, completion_delays=[10] * 10)))

    decided_in_time = len([WEDNESDAY, MONDAY]) + IN_DECEMBER + UNTIL_JANUARY_14
    assert prospect_of(answer, file).late_runs == 20
    assert answer.as_staffed == Outlook(1, 1, 1, 101 - decided_in_time, 101 - decided_in_time)


@pytest.mark.parametrize(
    ("reviewers", "first", "decided"),
    [(3, 0, 6), (3, 1, 6), (2, 0, 2), (2, 1, 5), (2, 2, 5), (4, 2, 10), (7, 1, 13), (0, 1, 0)],
)
def test_reviewers_decide_in_turn_what_those_observed_did(
    reviewers: int, first: int, decided: int
) -> None:
    assert decided_by(reviewers, (4, 1, 1), first) == decided

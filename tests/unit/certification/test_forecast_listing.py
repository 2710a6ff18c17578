"""A forecast is listed in turns that do not change when it is made anew."""

from datetime import date

import pytest

from certification.domain.forecast.forecasting import Forecast
from certification.domain.forecast.listing import listed, turn_of
from certification.domain.forecast.open_files import OpenFile, Stage
from unit.certification.desk_days import (
    TODAY,
    asked,
    foretold,
    in_line,
    not_complete,
    paused,
    steady,
)

LINE = [in_line(number, due_on=TODAY) for number in range(1, 4)]
FILES = [
    in_line(9, stage=Stage.IN_REVIEW),
    *LINE,
    in_line(5, stage=Stage.CURED),
    paused(1, date(2026, 11, 10)),
    paused(2, date(2026, 11, 11)),
    not_complete(2, date(2026, 11, 1)),
    not_complete(1, date(2026, 11, 2)),
]


@pytest.fixture(name="answer", scope="module")
def _answer() -> Forecast:
    return foretold(asked(FILES, steady(2)))


def _files(answer: Forecast, after: OpenFile | None, limit: int) -> list[OpenFile]:
    turn = turn_of(after) if after else None
    return [each.file for each in listed(answer, turn, limit, passes_target=None)]


def test_files_are_listed_by_stage_and_then_by_turn(answer: Forecast) -> None:
    assert _files(answer, None, 20) == FILES
    assert answer.counted == {
        Stage.IN_REVIEW: 1,
        Stage.IN_LINE: 3,
        Stage.CURED: 1,
        Stage.PAUSED: 2,
        Stage.NOT_COMPLETE: 2,
    }
    assert answer.without_range == 4


def test_a_page_begins_after_the_file_that_ended_the_one_before(answer: Forecast) -> None:
    assert _files(answer, FILES[3], 2) == FILES[4:7]
    assert _files(answer, FILES[-1], 2) == []


def test_a_page_goes_on_where_a_file_was_that_is_decided_now() -> None:
    answer = foretold(asked([file for file in FILES if file != LINE[1]], steady(2)))

    assert _files(answer, LINE[1], 0) == [LINE[2]]


@pytest.mark.parametrize(
    ("passes_target", "files"), [(True, LINE[:2]), (False, [FILES[0], FILES[4]])]
)
def test_only_files_that_pass_their_target_or_only_the_others(
    answer: Forecast,
    passes_target: bool,  # noqa: FBT001 - a case, not a flag
    files: list[OpenFile],
) -> None:
    found = listed(answer, None, 1, passes_target=passes_target)

    assert [each.file for each in found] == files

"""What `make seed` plays happens in the order of time, each file's steps in the order of work."""

from datetime import date

import pytest

from local_system.seed.plan import File, PlannedEnding, planned
from local_system.seed.steps import Act, steps_of

TODAY = date(2026, 11, 30)


def _file(
    *,
    received_on: date,
    noticed_on: date | None = None,
    completed_on: date | None = None,
    ended_on: date | None = None,
) -> File:
    return File(
        kind="provider",
        name="Avery Example",
        level="independent",
        band=None,
        county=None,
        served=(),
        ending=PlannedEnding.GRANTED,
        reviewer=0,
        received_on=received_on,
        noticed_on=noticed_on,
        completed_on=completed_on,
        ended_on=ended_on,
    )


def test_what_was_found_missing_on_the_day_it_came_is_noticed_before_it_is_complete() -> None:
    day = date(2026, 11, 20)
    file = _file(received_on=date(2026, 11, 19), noticed_on=day, completed_on=day)

    steps = steps_of([file])

    assert [(step.at, step.act) for step in steps] == [
        ("2026-11-19 09:00", Act.RECEIVED),
        ("2026-11-20 10:00", Act.NOTICED),
        ("2026-11-20 11:00", Act.COMPLETED),
        ("2026-11-20 13:00", Act.REVIEWED),
    ]


def test_the_files_are_played_together_in_the_order_of_time() -> None:
    early = _file(
        received_on=date(2026, 5, 1), completed_on=date(2026, 5, 20), ended_on=date(2026, 6, 30)
    )
    late = _file(received_on=date(2026, 6, 1))

    steps = steps_of([early, late])

    assert [(step.number, step.at) for step in steps] == [
        (1, "2026-05-01 09:00"),
        (1, "2026-05-20 11:00"),
        (2, "2026-06-01 09:00"),
        (1, "2026-06-28 13:00"),
        (1, "2026-06-30 15:00"),
    ]


@pytest.mark.parametrize("today", [TODAY, date(2028, 3, 1)])
def test_nothing_that_is_planned_has_not_happened_yet(today: date) -> None:
    steps = steps_of(planned(today))

    assert steps[-1].day < today
    assert {step.act for step in steps} == set(Act)

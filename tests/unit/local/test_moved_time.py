"""The instant at which a local system is started, and the time that it is there from then on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from local_system.errors import CannotStartError
from local_system.moved_time import (
    instant_from,
    kept_offset,
    later_time_seen,
    move_time,
    note_time,
    time_there,
)
from local_system.ports import Ports
from local_system.state import StateFolder
from local_system.system import System

SECOND = timedelta(seconds=1)


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    return StateFolder(tmp_path / "state")


@pytest.mark.parametrize("text", ["2026-11-20T23:59:00-08:00", "2026-11-21T07:59:00Z"])
def test_an_instant_is_read_with_its_offset(text: str) -> None:
    assert instant_from(text) == datetime(2026, 11, 21, 7, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-11-20T23:59:00", "has no UTC offset"),
        ("2026-11-20", "has no UTC offset"),
        ("yesterday", "is not an instant"),
        ("2026-11-31T00:00:00Z", "is not an instant"),
        ("0001-01-01T00:00:00+14:00", "outside the years 2011 to 2039"),
        ("9999-12-31T23:59:59-12:00", "outside the years 2011 to 2039"),
    ],
)
def test_what_is_no_instant_to_start_at_is_refused_in_a_line(text: str, why: str) -> None:
    with pytest.raises(CannotStartError, match=why) as refused:
        instant_from(text)

    assert str(refused.value).startswith(f"AT={text} ")


def test_a_system_that_was_never_moved_is_at_the_real_time(state: StateFolder) -> None:
    assert kept_offset(state) == timedelta()


def test_every_command_on_the_folder_goes_by_the_time_of_the_launch(state: StateFolder) -> None:
    at = datetime(2026, 11, 21, 7, 59, tzinfo=UTC)

    move_time(state, at)

    there = datetime.now(UTC) + kept_offset(state)
    settings = System(state, Ports()).places.service("scoring", "postgresql://x")
    assert at <= there < at + 60 * SECOND
    assert float(settings["CASOMB_TIME_OFFSET_SECONDS"]) == kept_offset(state).total_seconds()
    assert time_there(state).startswith("Friday, November 20, 2026, 23:59")


def test_a_start_without_an_instant_goes_back_to_the_real_time(state: StateFolder) -> None:
    move_time(state, datetime(2026, 11, 21, 7, 59, tzinfo=UTC))

    move_time(state, None)

    settings = System(state, Ports()).places.service("scoring", "postgresql://x")
    assert kept_offset(state) == timedelta()
    assert "CASOMB_TIME_OFFSET_SECONDS" not in settings


def test_doj_is_at_the_same_time(state: StateFolder) -> None:
    move_time(state, datetime(2026, 11, 21, 7, 59, tzinfo=UTC))

    places = System(state, Ports()).places

    told = places.simulator()["DOJ_SIMULATOR_TIME_OFFSET_SECONDS"]
    assert float(told) == kept_offset(state).total_seconds()


def test_a_folder_that_has_seen_later_times_says_until_when(state: StateFolder) -> None:
    later = datetime(2027, 3, 1, 12, tzinfo=UTC)
    move_time(state, later)
    note_time(state)
    move_time(state, datetime(2026, 11, 21, 7, 59, tzinfo=UTC))

    seen = later_time_seen(state)
    note_time(state)

    assert seen is not None
    assert later <= seen < later + 60 * SECOND
    assert later_time_seen(state) == seen


def test_a_folder_whose_time_only_went_on_has_seen_nothing_later(state: StateFolder) -> None:
    move_time(state, datetime(2026, 11, 21, 7, 59, tzinfo=UTC))
    note_time(state)

    assert later_time_seen(state) is None

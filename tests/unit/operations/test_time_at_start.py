"""A process whose time is moved says so at its start; in production it ends there."""

from unit.operations.test_law_at_start import started


def test_in_production_a_moved_time_ends_the_process() -> None:
    ended = started(CASOMB_TIME_OFFSET_SECONDS="60")

    assert ended.returncode == 2
    assert ended.stderr.startswith("settings refused: CASOMB_TIME_OFFSET_SECONDS")
    assert len(ended.stderr.splitlines()) == 1


def test_in_development_the_process_says_what_time_it_is() -> None:
    a_century = str(36_500 * 86_400)

    ended = started(CASOMB_ENVIRONMENT="development", CASOMB_TIME_OFFSET_SECONDS=a_century)

    (moved,) = [line for line in ended.stdout.splitlines() if "time_is_moved" in line]
    assert '"now":"21' in moved

"""A library that repeats itself is heard once in a while; our own events are all heard."""

import logging

import pytest

from shared.process import logging as log_lines
from shared.process.logging import SaidBefore


def line(name: str, message: str) -> logging.LogRecord:
    """A line of the log."""
    return logging.LogRecord(name, logging.ERROR, "", 0, message, None, None)


def test_a_line_that_the_client_library_repeats_is_written_once() -> None:
    lets_through = SaidBefore().filter

    written = [lets_through(line("aiokafka.cluster", "no such topic")) for _ in range(1_000)]

    assert sum(written) == 1


def test_another_line_of_the_library_is_written() -> None:
    lets_through = SaidBefore().filter

    assert lets_through(line("aiokafka.cluster", "no such topic"))
    assert lets_through(line("aiokafka.cluster", "no such broker"))
    assert lets_through(line("aiokafka.client", "no such topic"))


def test_a_repeated_line_is_written_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_lines, "AGAIN_SECONDS", 0.0)
    lets_through = SaidBefore().filter

    assert lets_through(line("aiokafka.cluster", "no such topic"))
    assert lets_through(line("aiokafka.cluster", "no such topic"))


def test_events_of_our_own_are_all_written() -> None:
    lets_through = SaidBefore().filter

    assert all(lets_through(line("shared.composition.app", "request")) for _ in range(3))

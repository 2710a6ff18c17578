"""Named points at which a test may let a process fail; in production they do nothing.

A crash between two steps is only tested if the test can choose the steps. The code merely says
that it got to a point; only `shared.testing` puts anybody there to hear it.
"""

from collections.abc import Callable
from enum import StrEnum


class FaultPoint(StrEnum):
    """The places where a kill hurts most; a service names further ones of its own."""

    COMMITTING = "transaction: its events written, not committed"
    COMMITTED = "transaction: its events committed, nobody told"
    TAKEN = "sequencer: rows taken from the outbox"
    SEQUENCED = "publisher: sequenced, not sent"
    HANDED_OVER = "publisher: handed to Kafka, not acknowledged"
    SENT = "publisher: acknowledged by Kafka, not recorded"
    HANDLED = "consumer: effects made, not committed"
    CONSUMED = "consumer: committed, not acknowledged"


LISTENERS: list[Callable[[StrEnum], None]] = []


def reach(point: StrEnum) -> None:
    """Say that the code got to a point."""
    for hear in LISTENERS:
        hear(point)

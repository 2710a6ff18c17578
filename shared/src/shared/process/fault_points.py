"""Named points at which a test may make a process fail; in production they do nothing.

To test a crash between two steps, a test must choose the steps. The code only reports that it
reached a point, and only `shared.testing` registers a listener.
"""

from collections.abc import Callable
from enum import StrEnum


class FaultPoint(StrEnum):
    """The points where a crash does the most damage; a service may name more."""

    COMMITTING = "transaction: events written, not committed"
    COMMITTED = "transaction: events committed, publisher not notified"
    TAKEN = "sequencer: rows taken from the outbox"
    SEQUENCED = "publisher: sequenced, not sent"
    HANDED_OVER = "publisher: handed to Kafka, not acknowledged"
    SENT = "publisher: acknowledged by Kafka, not recorded"
    HANDLED = "consumer: effects made, not committed"
    CONSUMED = "consumer: committed, not acknowledged"


LISTENERS: list[Callable[[StrEnum], None]] = []


def reach(point: StrEnum) -> None:
    """Report that the code reached a point."""
    for hear in LISTENERS:
        hear(point)

"""Named points at which a test may let a process fail; in production they do nothing.

A crash between two steps is only tested if the test can choose the steps. `shared.testing`
arms a point, the code merely says that it got there.
"""

from enum import StrEnum


class FaultPoint(StrEnum):
    """The places where a kill hurts most."""

    TAKEN = "sequencer: rows taken from the outbox"
    SEQUENCED = "publisher: sequenced, not sent"
    SENT = "publisher: acknowledged by Kafka, not recorded"
    HANDLED = "consumer: effects made, not committed"
    CONSUMED = "consumer: committed, not acknowledged"


ARMED: dict[FaultPoint, BaseException] = {}


def reach(point: FaultPoint) -> None:
    """Raise what a test armed this point with; it fires once."""
    if ARMED and (fault := ARMED.pop(point, None)) is not None:
        raise fault

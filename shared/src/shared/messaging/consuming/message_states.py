"""What becomes of a message that was set aside, as its row says."""

from enum import StrEnum


class MessageState(StrEnum):
    """Waiting and dead are open; the others are final."""

    WAITING = "waiting"
    DEAD = "dead"
    RESOLVED = "resolved"
    SKIPPED = "skipped"
    DISCARDED = "discarded"


OPEN = (MessageState.WAITING, MessageState.DEAD)

"""The states of a parked message, as stored in its row."""

from enum import StrEnum


class MessageState(StrEnum):
    """State of a parked message.

    `waiting`: retried automatically. `dead`: needs an operator. The other states are final.
    `resolved`: applied, or its effect was found here. `skipped`: its effect was already here.
    `discarded`: it is never applied.
    """

    WAITING = "waiting"
    DEAD = "dead"
    RESOLVED = "resolved"
    SKIPPED = "skipped"
    DISCARDED = "discarded"


OPEN = (MessageState.WAITING, MessageState.DEAD)

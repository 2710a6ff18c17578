"""Points between the sender's steps at which a test may let its process fail; they do nothing."""

from enum import StrEnum


class SenderPoint(StrEnum):
    """Between what is known here and what DOJ knows."""

    TAKEN_UP = "sender: taken up, nothing recorded"
    ATTEMPTING = "sender: attempt recorded, nothing sent"
    ANSWERED = "sender: DOJ answered, nothing recorded"
    TOLD = "sender: DOJ told where it stands, nothing recorded"

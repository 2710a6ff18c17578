"""Points between the sender's steps at which tests make its process fail."""

from enum import StrEnum


class SenderPoint(StrEnum):
    """Points at which this database and DOJ may know different things."""

    TAKEN_UP = "sender: taken up, nothing recorded"
    ATTEMPTING = "sender: attempt recorded, nothing sent"
    ANSWERED = "sender: DOJ answered, nothing recorded"
    TOLD = "sender: DOJ told where it stands, nothing recorded"

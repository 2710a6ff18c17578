"""How often the outbox is looked at: quickly while there is work, ever slower while there is none.

A hint after each commit ends the wait early, so looking without one is only for hints that were
lost. Never so often that looking costs more than a tenth of the time: an old reader in the database
makes each look dearer, and this backs off by itself.
"""

BUSY_SECONDS = 0.005
IDLE_SECONDS = 0.250
_SLOWER = 1.5
_SHARE_OF_COST = 10


class Pace:
    """The wait before the next look."""

    def __init__(self) -> None:
        self._seconds = BUSY_SECONDS

    def after(self, *, cost: float, was_busy: bool) -> float:
        """Return seconds to wait, given what the last look cost and whether it found anything."""
        self._seconds = BUSY_SECONDS if was_busy else min(self._seconds * _SLOWER, IDLE_SECONDS)
        return max(self._seconds, cost * _SHARE_OF_COST)

"""How often the outbox is checked: often while there is work, less and less while there is none.

A notification after each commit ends the wait early, so regular checks only find events whose
notification was lost. Checks never take more than a tenth of the time: an old snapshot in the
database makes each one slower, and this adapts.
"""

from collections import deque

BUSY_SECONDS = 0.005
IDLE_SECONDS = 0.250
_SLOWER = 1.5
_SHARE_OF_COST = 10
_LOOKS_COMPARED = 8


class Pace:
    """The wait before the next check."""

    def __init__(self) -> None:
        self._seconds = BUSY_SECONDS
        self._costs: deque[float] = deque(maxlen=_LOOKS_COMPARED)

    def after(self, *, cost: float, found: int) -> float:
        """Return seconds to wait, given what the last check cost and how many events it found.

        The wait follows the cost per event found, and the cheapest of several checks, because a
        busy machine makes one check expensive, but an old snapshot makes all of them expensive.
        """
        self._seconds = BUSY_SECONDS if found else min(self._seconds * _SLOWER, IDLE_SECONDS)
        self._costs.append(cost / max(found, 1))
        return max(self._seconds, min(self._costs) * _SHARE_OF_COST)

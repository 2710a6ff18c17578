"""The newest events in memory, so that sending does not read back what was just written."""

from collections import deque
from collections.abc import Sequence
from itertools import islice

from shared.messaging.log.event_log import LoggedEvent

_KEPT = 20_000
_KEPT_BYTES = 32_000_000


class RecentEvents:
    """The end of the log; if sending falls behind it, the log itself is read."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._events: deque[LoggedEvent] = deque()
        self._bytes = 0

    def add(self, events: Sequence[LoggedEvent]) -> None:
        """Remember what was just sequenced."""
        self._events.extend(events)
        self._bytes += sum(len(event.data) for event in events)
        if len(self._events) > self._kept or self._bytes > _KEPT_BYTES:
            self._events.clear()
            self._bytes = 0

    def after(self, sequence: int, limit: int) -> list[LoggedEvent]:
        """Return the events that directly follow a sequence; none when they are not kept."""
        while self._events and self._events[0].sequence <= sequence:
            self._bytes -= len(self._events.popleft().data)
        if not self._events or self._events[0].sequence != sequence + 1:
            return []
        return list(islice(self._events, limit))

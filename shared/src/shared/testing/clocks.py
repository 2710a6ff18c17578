"""A clock that tests set by hand."""

from datetime import UTC, datetime, timedelta


class FixedClock:
    """Tells the time it was given until it is given another."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant, aware and in UTC."""
        return self._now

    def set(self, now: datetime) -> None:
        """Tell another time from here on."""
        self._now = now.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by

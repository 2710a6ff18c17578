"""A clock that tests set by hand."""

from datetime import UTC, datetime, timedelta


class FixedClock:
    """Returns the same time until another one is set."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant, aware and in UTC."""
        return self._now

    def set(self, now: datetime) -> None:
        """Return this time from now on."""
        self._now = now.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by

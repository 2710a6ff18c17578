"""The one place that reads the time; everything else gets it as a value.

The law counts days as Californians live them: a date is a date in America/Los_Angeles,
and a day has ended when the next one begins there, whatever the offset from UTC.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

CALIFORNIA = ZoneInfo("America/Los_Angeles")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the instant, aware and in UTC."""
        ...


class SystemClock:
    """The clock of the process: the machine's, moved by what `travel_by` was told."""

    def now(self) -> datetime:
        """Return the instant, aware and in UTC."""
        return datetime.now(UTC) + _TRAVELED[0]


_TRAVELED = [timedelta()]


def travel_by(offset: timedelta) -> None:
    """Move this process's clock; called once, at its start, before anything has asked the time.

    A process has one time, and whoever asks gets it, so it is told here and not to each of them.
    Leases, timeouts and the validity of tokens go by the database's and the machine's clocks, which
    do not move.
    """
    _TRAVELED[0] = offset


def california_date(instant: datetime) -> date:
    """Return the date it is in California at that instant, which must be aware."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone has no date in California")
    return instant.astimezone(CALIFORNIA).date()


def end_of_day(day: date) -> datetime:
    """Return the instant, in UTC, at which that day has ended in California."""
    return datetime.combine(day + timedelta(days=1), time(), CALIFORNIA).astimezone(UTC)

"""The only place that reads the clock; everything else gets the time as a value.

The law counts days in California: a date is a date in America/Los_Angeles, and a day ends when the
next one begins there, whatever the offset from UTC.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

CALIFORNIA = ZoneInfo("America/Los_Angeles")


class Clock(Protocol):
    """A clock."""

    def now(self) -> datetime:
        """Return the instant, aware and in UTC."""
        ...


class SystemClock:
    """The clock of the process: the machine's, plus the shift of `travel_by`."""

    def now(self) -> datetime:
        """Return the instant, aware and in UTC."""
        return datetime.now(UTC) + _TRAVELED[0]


_TRAVELED = [timedelta()]


def travel_by(offset: timedelta) -> None:
    """Shift this process's clock; called once, at start, before anything reads the time.

    A process has one time. Leases, timeouts and token lifetimes use the database's and the
    machine's clocks, which do not shift.
    """
    _TRAVELED[0] = offset


def california_date(instant: datetime) -> date:
    """Return the date in California at that instant, which must have a time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone has no date in California")
    return instant.astimezone(CALIFORNIA).date()


def end_of_day(day: date) -> datetime:
    """Return the instant, in UTC, at which that day ends in California."""
    return datetime.combine(day + timedelta(days=1), time(), CALIFORNIA).astimezone(UTC)

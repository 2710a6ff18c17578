"""Time travel: starts the whole system at a chosen instant, from which time continues.

The offset from the machine's clock is computed once, at the start, and kept in the state folder:
all processes, and every command on the running system, use the same time.
"""

from datetime import datetime, timedelta

from local_system.errors import CannotStartError
from local_system.state import StateFolder
from shared.clock import CALIFORNIA, SystemClock

EXAMPLE = "2026-11-20T23:59:00-08:00"
FIRST_YEAR, LAST_YEAR = 2011, 2039
"""The years that the law's calendars cover."""


def instant_from(text: str) -> datetime:
    """Parse AT; raises CannotStartError if it is not an instant or has no UTC offset."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CannotStartError(
            f"AT={text} is not an instant: write it like AT={EXAMPLE}."
        ) from None
    if instant.tzinfo is None:
        raise CannotStartError(f"AT={text} has no UTC offset: add it, as in AT={EXAMPLE}.")
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise CannotStartError(f"AT={text} is outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    return instant


def move_time(state: StateFolder, at: datetime | None) -> None:
    """Make the system that is about to start begin at that instant; None is the real time."""
    state.folder.mkdir(parents=True, exist_ok=True)
    if at is None:
        state.time_offset.unlink(missing_ok=True)
        return
    offset = at - SystemClock().now()
    state.time_offset.write_text(f"{offset.total_seconds()}\n")


def later_time_seen(state: StateFolder) -> datetime | None:
    """The latest time at which this folder's system has run, if later than its time now."""
    try:
        latest = datetime.fromisoformat(state.latest_time.read_text().strip())
    except FileNotFoundError:
        return None
    return latest if latest > _now(state) else None


def note_time(state: StateFolder) -> None:
    """Record the system's latest time."""
    if later_time_seen(state) is None:
        state.latest_time.write_text(f"{_now(state).isoformat()}\n")


def kept_offset(state: StateFolder) -> timedelta:
    """The offset of this folder's system; zero if it was never shifted."""
    try:
        return timedelta(seconds=float(state.time_offset.read_text()))
    except FileNotFoundError:
        return timedelta()


def time_there(state: StateFolder) -> str:
    """The current time in California for the system of this folder."""
    return in_california(_now(state))


def in_california(instant: datetime) -> str:
    """Write an instant in California time."""
    return f"{instant.astimezone(CALIFORNIA):%A, %B %-d, %Y, %H:%M:%S %Z}"


def _now(state: StateFolder) -> datetime:
    return SystemClock().now() + kept_offset(state)

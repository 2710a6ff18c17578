"""Time travel: the whole system at a chosen instant, from where time runs on.

The offset from the machine's clock is computed once, at the launch, and kept in the state folder:
all processes, and every command that looks at the running system, go by the same time.
"""

from datetime import datetime, timedelta

from local_system.errors import CannotStartError
from local_system.state import StateFolder
from shared.clock import CALIFORNIA, SystemClock

EXAMPLE = "2026-11-20T23:59:00-08:00"
FIRST_YEAR, LAST_YEAR = 2011, 2039
"""Since there is a law to count by, and as far as the calendars go."""


def instant_from(text: str) -> datetime:
    """Read AT; CannotStartError for what is no instant or names no offset from UTC."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CannotStartError(f"AT={text} is no instant: write it like AT={EXAMPLE}.") from None
    if instant.tzinfo is None:
        raise CannotStartError(
            f"AT={text} does not say where it is that time: add the offset, as in AT={EXAMPLE}."
        )
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise CannotStartError(f"AT={text} lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    return instant


def move_time(state: StateFolder, at: datetime | None) -> None:
    """Have the system that is about to start begin at that instant; None is the real time."""
    state.folder.mkdir(parents=True, exist_ok=True)
    if at is None:
        state.time_offset.unlink(missing_ok=True)
        return
    offset = at - SystemClock().now()
    state.time_offset.write_text(f"{offset.total_seconds()}\n")


def later_time_seen(state: StateFolder) -> datetime | None:
    """A time later than the system's own at which this folder's system has run, if it has."""
    try:
        latest = datetime.fromisoformat(state.latest_time.read_text().strip())
    except FileNotFoundError:
        return None
    return latest if latest > _now(state) else None


def note_time(state: StateFolder) -> None:
    """Write down how late it has become there."""
    if later_time_seen(state) is None:
        state.latest_time.write_text(f"{_now(state).isoformat()}\n")


def kept_offset(state: StateFolder) -> timedelta:
    """By how much the system of this folder is moved; nothing where it never was."""
    try:
        return timedelta(seconds=float(state.time_offset.read_text()))
    except FileNotFoundError:
        return timedelta()


def time_there(state: StateFolder) -> str:
    """Say what time it is in California for the system of this folder."""
    return in_california(_now(state))


def in_california(instant: datetime) -> str:
    """Write an instant as it is read there."""
    return f"{instant.astimezone(CALIFORNIA):%A, %B %-d, %Y, %H:%M:%S %Z}"


def _now(state: StateFolder) -> datetime:
    return SystemClock().now() + kept_offset(state)

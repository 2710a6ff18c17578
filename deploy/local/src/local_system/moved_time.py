"""Time travel: the whole system at a chosen instant, from where time runs on.

The offset from the machine's clock is computed once, at the launch, and kept in the state folder:
all processes, and every command that looks at the running system, go by the same time.
"""

from datetime import datetime, timedelta

from local_system.errors import CannotStartError
from local_system.state import State
from shared.clock import CALIFORNIA, SystemClock

EXAMPLE = "2026-11-20T23:59:00-08:00"


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
    return instant


def move_time(state: State, at: datetime | None) -> None:
    """Have the system that is about to start begin at that instant; None is the real time."""
    state.folder.mkdir(parents=True, exist_ok=True)
    if at is None:
        state.time_offset.unlink(missing_ok=True)
        return
    offset = at - SystemClock().now()
    state.time_offset.write_text(f"{offset.total_seconds()}\n")


def kept_offset(state: State) -> timedelta:
    """By how much the system of this folder is moved; nothing where it never was."""
    try:
        return timedelta(seconds=float(state.time_offset.read_text()))
    except FileNotFoundError:
        return timedelta()


def time_there(state: State) -> str:
    """Say what time it is in California for the system of this folder."""
    there = (SystemClock().now() + kept_offset(state)).astimezone(CALIFORNIA)
    return f"{there:%A %-d %B %Y, %H:%M:%S %Z}"

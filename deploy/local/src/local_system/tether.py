"""Runs another program so that it ends when the process that started it ends.

Run as `python -I -S tether.py PARENT SIGNAL USER COMMAND…`: it asks the kernel to send SIGNAL when
the parent is gone (Linux; elsewhere the next start sweeps up), changes to USER unless that is
empty, and executes the command. It is a separate program, because running code between fork and
exec is not safe in a parent with threads.
"""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1


def tied_command(
    command: Sequence[str], signal_number: int = signal.SIGKILL, user: str = ""
) -> tuple[str, ...]:
    """The command line that runs a command tied to the life of this process."""
    tied = (sys.executable, "-I", "-S", __file__, str(os.getpid()))
    return (*tied, str(int(signal_number)), user, *command)


def become(user: str) -> None:
    """Change to an account and to its group, leaving all other groups."""
    entry = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def main() -> None:
    """Change user, then request the signal, then execute: changing user cancels the request."""
    parent, signal_number, user, *command = sys.argv[1:]
    library = ctypes.CDLL(None)  # loaded first: another account may not reach Python's own files
    if user:
        become(user)
    if sys.platform.startswith("linux"):
        library.prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit("the process that started this one is gone")
    os.execv(command[0], command)  # noqa: S606 - the command comes from our own supervisor


if __name__ == "__main__":
    main()

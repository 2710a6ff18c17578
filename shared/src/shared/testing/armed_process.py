"""Runs a service's command line in a process that a test can make fail at a named point.

    python -m shared.testing.armed_process FOLDER MODULE ARGUMENTS…

The folder belongs to one process. A file named like a fault point contains what happens there,
once: `kill` ends the process by SIGKILL, `pause` stops it by SIGSTOP. The file is first renamed to
`….reached`, so that the test can see it and the next process is not affected. The file `clock`
contains the number of seconds by which the process's clock is wrong.
"""

import os
import runpy
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from shared.clock import SystemClock
from shared.process.fault_points import LISTENERS

SIGNALS = {"kill": signal.SIGKILL, "pause": signal.SIGSTOP}


class FaultFolder:
    """The faults of one process, as files that the test writes and the process reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def arm(self, point: StrEnum, what: str = "kill") -> None:
        """Have the process killed or paused when it next reaches a point."""
        self._reached(point).unlink(missing_ok=True)
        fresh = self.folder / "fresh"
        fresh.write_text(what)
        fresh.rename(self.folder / point)

    def was_reached(self, point: StrEnum) -> bool:
        """Whether the process reached an armed point."""
        return self._reached(point).exists()

    def shift_clock(self, by: timedelta) -> None:
        """Shift the clock of the next process; running processes keep theirs."""
        (self.folder / "clock").write_text(str(by.total_seconds()))

    def hear(self, point: StrEnum) -> None:
        """Carry out the fault that the folder contains for this point, if any."""
        armed = self.folder / point
        if armed.exists():
            what = armed.read_text()
            armed.rename(self._reached(point))
            os.kill(os.getpid(), SIGNALS[what])

    def apply_clock(self) -> None:
        """Shift this process's clock, and its records' timestamps, by the folder's seconds."""
        file = self.folder / "clock"
        if file.exists():
            _shift_clock(float(file.read_text()))

    def _reached(self, point: StrEnum) -> Path:
        return self.folder / f"{point}.reached"


def _shift_clock(seconds: float) -> None:
    true_time = time.time

    def shifted_time() -> float:
        return true_time() + seconds

    def shifted_now(self: SystemClock) -> datetime:  # noqa: ARG001 - a method's own signature
        return datetime.fromtimestamp(shifted_time(), UTC)

    time.time = shifted_time
    SystemClock.now = shifted_now  # type: ignore[method-assign] # the process's one clock


def main() -> None:
    """Set up the fault points, then run the requested command."""
    folder, module, *arguments = sys.argv[1:]
    faults = FaultFolder(Path(folder))
    faults.apply_clock()
    LISTENERS.append(faults.hear)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()

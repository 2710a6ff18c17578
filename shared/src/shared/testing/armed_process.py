"""Runs a service's own command line in a process that a test can let fail at a named point.

    python -m shared.testing.armed_process FOLDER MODULE ARGUMENTS…

The folder belongs to one process. A file in it named like a fault point says what happens there,
once: `kill` ends the process by SIGKILL, `pause` stops it by SIGSTOP; the file is renamed
`….reached` first, so that whoever armed it knows, and so that the next process is not armed. A
file `clock` holds seconds by which this process's host is off.
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
    """What one process is to suffer, told by files; made by the test, read by the process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def arm(self, point: StrEnum, what: str = "kill") -> None:
        """Let the process be killed or paused when it next reaches a point."""
        self._reached(point).unlink(missing_ok=True)
        fresh = self.folder / "fresh"
        fresh.write_text(what)
        fresh.rename(self.folder / point)

    def was_reached(self, point: StrEnum) -> bool:
        """Whether the process got to a point that was armed."""
        return self._reached(point).exists()

    def shift_clock(self, by: timedelta) -> None:
        """Have the next process believe another time; what runs already keeps its own."""
        (self.folder / "clock").write_text(str(by.total_seconds()))

    def hear(self, point: StrEnum) -> None:
        """Do at a point what the folder says."""
        armed = self.folder / point
        if armed.exists():
            what = armed.read_text()
            armed.rename(self._reached(point))
            os.kill(os.getpid(), SIGNALS[what])

    def apply_clock(self) -> None:
        """Be off by what the folder says, in all that asks the clock or stamps records."""
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
    """Listen at the fault points, then become the command that was asked for."""
    folder, module, *arguments = sys.argv[1:]
    faults = FaultFolder(Path(folder))
    faults.apply_clock()
    LISTENERS.append(faults.hear)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()

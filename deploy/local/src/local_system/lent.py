"""The borrower's side of `local_system.lend`: several processes of one test run share a server."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from local_system.errors import CannotStartError

START_SECONDS = 480  # the very first start fetches Kafka's jars
STOP_SECONDS = 60
LOOK_EVERY_SECONDS = 0.05


@dataclass(frozen=True)
class Lender:
    """Temporary servers in one folder, for as long as one process (the borrower) runs."""

    folder: Path
    borrower: int

    def borrow(self, server: str) -> str:
        """Return the server's address, starting the server if it is not running yet."""
        with (self.folder / f"{server}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            address = self.folder / f"{server}.address"
            if not address.exists():
                self._start(server, address)
            return address.read_text().split()[1]

    def give_back(self) -> None:
        """Stop the servers and wait until they have ended."""
        lenders = [int(file.read_text().split()[0]) for file in self.folder.glob("*.address")]
        for lender in lenders:
            with suppress(ProcessLookupError):
                os.kill(lender, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while any(self.folder.glob("*.processes")) and time.monotonic() < deadline:
            time.sleep(LOOK_EVERY_SECONDS)

    def _start(self, server: str, address: Path) -> None:
        command = [sys.executable, "-m", "local_system.lend"]
        log = self.folder / f"{server}.lend.log"
        with log.open("w") as output:
            lender = subprocess.Popen(  # noqa: S603 - our own command
                [*command, server, str(self.folder), str(self.borrower)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not address.exists():
            if lender.poll() is not None or time.monotonic() > deadline:
                lender.kill()
                raise CannotStartError(f"{server} did not start:\n{log.read_text()}")
            time.sleep(LOOK_EVERY_SECONDS)
        lender.returncode = 0  # it outlives us on purpose: no warning about that

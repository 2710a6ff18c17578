"""A process that imports what all services share, and then forks every service process.

Measured: imports take 1.2 s of processor time per service process, 10 s for eight. Forked from
here, they share one import of 1.1 s, and its memory.

Run as `python -m local_system.fork_server`. Each line of JSON on standard input is an order to
start a process. Standard output has a line `{"started": 4711}` for each order, in their sequence,
and later `{"ended": 4711, "code": 0}`. When standard input ends, this process ends and the kernel
ends its children. Only for Linux: elsewhere it is not safe to continue in a forked process.
"""

import ctypes
import gc
import json
import os
import runpy
import selectors
import signal
import socket
import sys
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from local_system.tether import PR_SET_PDEATHSIG

PR_SET_NAME = 15
ORDERS = 0


@dataclass(frozen=True)
class Order:
    """A Python module to run, as `python -m MODULE ARGUMENTS…` would."""

    name: str
    module: str
    arguments: list[str]
    environment: dict[str, str]
    log: str
    orphan_signal: int


def served(reports: int) -> Order:
    """Fork a process for each order; returns only in the forked process, with its order."""
    own = os.getpid()
    with closing(_lines_and_endings(reports)) as lines:
        for line in lines:
            order = Order(**json.loads(line))
            settled, settles = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(reports)
                os.close(settled)
                _become(order, own)
                os.close(settles)
                return order
            os.close(settles)
            os.read(settled, 1)  # its end: the child has a session of its own, or is gone
            os.close(settled)
            _report(reports, {"started": child})
    sys.exit(0)


def _lines_and_endings(reports: int) -> Generator[bytes, None, None]:
    """Yield each order as it arrives, and report each process that has ended."""
    woken, wakes = socket.socketpair()
    with woken, wakes, selectors.DefaultSelector() as selector:
        os.set_blocking(woken.fileno(), False)
        os.set_blocking(wakes.fileno(), False)
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        selector.register(ORDERS, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        unfinished = b""
        while True:
            ready = {key.fileobj for key, _ in selector.select()}
            if woken in ready:
                woken.recv(4096)
                _report_endings(reports)
            if ORDERS in ready:
                read = os.read(ORDERS, 65_536)
                if not read:
                    return
                *lines, unfinished = (unfinished + read).split(b"\n")
                yield from lines


def _report_endings(reports: int) -> None:
    while True:
        try:
            ended, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if ended == 0:
            return
        _report(reports, {"ended": ended, "code": os.waitstatus_to_exitcode(status)})


def _report(reports: int, what: dict[str, int]) -> None:
    os.write(reports, f"{json.dumps(what)}\n".encode())


def _become(order: Order, parent: int) -> None:
    """Set up the forked process, so that it ends when the process that forked it ends."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with Path(order.log).open("ab") as log, Path(os.devnull).open("rb") as nothing:
        for file, descriptor in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(file.fileno(), descriptor)
    os.setsid()
    library = ctypes.CDLL(None)
    library.prctl(PR_SET_PDEATHSIG, order.orphan_signal, 0, 0, 0)
    library.prctl(PR_SET_NAME, order.name.encode(), 0, 0, 0)  # what `ps -e` and `top` show
    if os.getppid() != parent:
        sys.exit("the process that started this one is gone")
    os.environ.clear()
    os.environ.update(order.environment)


def main() -> None:
    """Import, wait for orders, and run each order's module in its forked process."""
    reports = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what an import prints is no report
    gc.disable()
    from local_system.shared_imports import read_law  # noqa: PLC0415 - this is what is shared

    read_law()
    gc.freeze()  # a collection would write to every page, which would then be shared no longer
    gc.enable()
    order = served(reports)
    sys.argv = [order.module, *order.arguments]
    runpy.run_module(order.module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()

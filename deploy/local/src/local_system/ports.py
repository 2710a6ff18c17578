"""The ports of one system, all counted from PORT_BASE so that two checkouts run side by side."""

import os
import random
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from local_system.errors import CannotStartError

HOST = "127.0.0.1"
DEFAULT_BASE = 8100
LOWEST_BASE = 1024
HIGHEST_BASE = 65_000
BLOCK = 100
DRAWN_FROM = (12_000, 32_000)
LANES = 16
_GIVEN: set[int] = set()

OFFSETS = {
    # The name of a service: the port for requests. Names of its processes: health and metrics.
    "certification": 1,
    "supervision": 2,
    "scoring": 3,
    "doj-gateway": 4,
    "simulator": 10,
    "issuer": 11,
    "certification worker": 21,
    "supervision worker": 22,
    "scoring worker": 23,
    "doj-gateway worker": 24,
    "postgres": 32,
    "certification api": 41,
    "supervision api": 42,
    "scoring api": 43,
    "doj-gateway api": 44,
    "kafka": 92,
    "kafka controller": 93,
}


@dataclass(frozen=True)
class Ports:
    """Where each process of one system listens on 127.0.0.1."""

    offset_from: int = DEFAULT_BASE

    def __getitem__(self, process: str) -> int:
        """Give the port of a process named in OFFSETS."""
        return self.offset_from + OFFSETS[process]

    def url(self, process: str) -> str:
        """Give the address of a process that speaks HTTP, without a slash at the end."""
        return f"http://{HOST}:{self[process]}"

    def by_process(self) -> dict[str, int]:
        """Every process with its port."""
        return {process: self[process] for process in OFFSETS}


def ports_from(environment: Mapping[str, str] = os.environ) -> Ports:
    """Read PORT_BASE; raises CannotStartError if it is not a usable number."""
    text = environment.get("PORT_BASE") or str(DEFAULT_BASE)
    if not text.isdecimal() or not LOWEST_BASE <= int(text) <= HIGHEST_BASE:
        raise CannotStartError(
            f"PORT_BASE={text} is not usable: set a number from {LOWEST_BASE} to {HIGHEST_BASE}."
        )
    return Ports(int(text))


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_block(first_base: int = DEFAULT_BASE + BLOCK) -> Ports:
    """Find a base with a free block of ports, for a system that runs beside another."""
    for base in range(first_base, HIGHEST_BASE, BLOCK):
        ports = Ports(base)
        if all(is_free(port) for port in ports.by_process().values()):
            return ports
    raise CannotStartError(
        "There is no free block of ports: stop other programs that listen on ports."
    )


def free_port() -> int:
    """One free port, outside the range that the operating system uses for outgoing connections.

    It never returns the same port twice, and parallel processes use separate ranges.
    """
    while True:
        drawn = random.SystemRandom().randrange(*DRAWN_FROM, LANES)
        port = drawn + os.getpid() % LANES
        if port not in _GIVEN and is_free(port):
            _GIVEN.add(port)
            return port
